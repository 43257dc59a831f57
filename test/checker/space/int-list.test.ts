import { expect, test } from 'vitest';
import { IntList } from '../../../checker/space/int-list.ts';

test('it grows by pushing and by putting, and shows 0 where nothing was written', () => {
  const list = new IntList(2);
  for (let i = 0; i < 1000; i++) expect(list.push(i * i)).toBe(i);
  list.put(5000, -7);
  expect(list.length).toBe(5001);
  expect([list.at(0), list.at(31), list.at(999), list.at(1000), list.at(5000), list.at(1e9)]).toEqual([
    0, 961, 998_001, 0, -7, 0,
  ]);
  list.put(3, 1);
  expect(list.length).toBe(5001);
  list.reset();
  expect([list.length, list.at(5000), list.bytes]).toEqual([0, 0, 64]);
});
