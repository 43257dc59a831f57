import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { single } from '../../../../checker/language/index.ts';
import { SharedLog } from '../../../../checker/search/parallel/shared-log.ts';
import { RESULTS_BYTES, ResultTable } from '../../../../checker/search/parallel/shared-results.ts';
import { Layout } from '../../../../checker/space/layout.ts';

const { domains } = new Layout({ at: single(z.int()), by: single(z.string()) });
const table = (memory = new SharedArrayBuffer(RESULTS_BYTES)): ResultTable =>
  new ResultTable(memory, SharedLog.of(domains), domains);

test('a result is what was told, or unknown', () => {
  const call = fc.record({ call: fc.nat(300), id: fc.nat(3000), result: fc.nat() });
  fc.assert(
    fc.property(fc.uniqueArray(call, { selector: ({ call, id }) => `${call} ${id}` }), (calls) => {
      const results = table();
      for (const [i, { call, id, result }] of calls.entries()) {
        expect(results.get(call, id)).toBe(0);
        results.set(call, id, result);
        for (const told of calls.slice(0, i + 1))
          expect(results.get(told.call, told.id)).toBe(told.result + 1);
      }
    }),
    { numRuns: 5 },
  );
});

test('in a crowded place a result is not kept, and nothing else is shown for it', () => {
  const results = table();
  // So many that the largest table could not keep them all: each is its own or unknown.
  let kept = 0;
  for (let id = 0; id < 2_200_000; id++) results.set(1, id, id % 1000);
  for (let id = 0; id < 2_200_000; id++) {
    const result = results.get(1, id);
    if (result !== 0) kept++;
    if (result !== 0 && result !== (id % 1000) + 1) throw new Error(`${id} has ${result}`);
  }
  expect(kept).toBeGreaterThan(1_000_000);
  expect(kept).toBeLessThan(2_200_000);
});

test('one half written is not known', () => {
  const memory = new SharedArrayBuffer(RESULTS_BYTES);
  const results = table(memory);
  results.set(4, 5, 6);
  const numbers = new Int32Array(memory);
  const place = numbers.indexOf(5); // the call + 1
  expect(Array.from(numbers.subarray(place, place + 3))).toEqual([5, 6, 7]);
  numbers[place + 1] = 0;
  expect(results.get(4, 5)).toBe(0);
});

test('the same call of the same domain has one number, any other another one', () => {
  const [at, by] = domains;
  const results = table();
  const numbers = [
    [at, 0, '1'],
    [at, 0, '2'],
    [at, 1, '1'],
    [by, 0, '1'],
  ] as const;
  const first = numbers.map(([domain, operation, argument]) =>
    results.callNumber(domain as NonNullable<typeof domain>, operation, argument),
  );
  expect(new Set(first).size).toBe(4);
  const again = numbers.map(([domain, operation, argument]) =>
    results.callNumber(domain as NonNullable<typeof domain>, operation, argument),
  );
  expect(again).toEqual(first);
});
