import { expect, test } from 'vitest';
import type { Alternative } from '../../../checker/language/operations.ts';
import { Reaches } from '../../../checker/space/reaches.ts';
import type { Recorder } from '../../../checker/space/recorder.ts';

const SIZE = 70;
/** Readable SIZE + n is a part of component n. */
const readables = { positionOf: (readable: number) => readable % SIZE };

function reach(
  reaches: Reaches,
  reads: readonly number[],
  ...writes: readonly (readonly number[])[]
): number {
  const alternatives = writes.map((slots) => ({ updates: slots.map((slot) => ({ slot })) }));
  return reaches.numberOf(
    { reads, readables } as unknown as Recorder,
    alternatives as unknown as Alternative[],
  );
}

test.each<[what: string, a: [number[], ...number[][]], b: [number[], ...number[][]], independent: boolean]>([
  ['nothing in common', [[1], [1]], [[2], [2]], true],
  ['both read the same', [[0, 1], [1]], [[0, 2], [2]], true],
  ['one writes what the other reads', [[1], [1]], [[1, 2], [2]], false],
  ['one writes what the other reads, in the third word', [[65], [69]], [[69], [2]], false],
  ['one writes what the other reads a part of', [[1], [1]], [[SIZE + 1], [2]], false],
  ['both write the same', [[], [5]], [[], [5]], false],
  ['an alternative writes what the other reads', [[1], [3], [4]], [[4], [2]], false],
  ['nothing is written', [[1, 2]], [[1, 2], [7]], true],
  ['components with the same place in different words', [[1], [1]], [[33], [33]], true],
])('%s', (_, a, b, independent) => {
  const reaches = new Reaches(SIZE);
  const [one, other] = [reach(reaches, ...a), reach(reaches, ...b)];
  expect(reaches.areIndependent(one, other)).toBe(independent);
  expect(reaches.areIndependent(other, one)).toBe(independent);
});

test('the same components have the same number, whatever their order', () => {
  const reaches = new Reaches(SIZE);
  const one = reach(reaches, [1, 2], [3], [4]);
  expect(reach(reaches, [2, 1], [4, 3])).toBe(one);
  expect(reach(reaches, [2, 1, 3], [4, 3])).not.toBe(one);
  expect(reach(reaches, [2, 1], [4])).not.toBe(one);
});
