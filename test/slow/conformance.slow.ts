import { expect, test } from 'vitest';
import { edits, places, tamper } from '../conformance/tampering.ts';

test('every single-line edit of a counted or sent vote or of an elected leader is noticed', () => {
  const { missed, tried } = tamper(edits);
  console.log([...tried].map(([kind, count]) => `${kind}: ${count} tried`).join('\n'));
  console.log(`missed ${missed.length} of ${edits.length}`, places(missed));
  expect(missed.length).toBeLessThanOrEqual(edits.length / 100);
  expect(places(missed)).toEqual([]);
});
