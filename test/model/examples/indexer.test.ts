import { describe, expect, test } from 'vitest';
import { configure, type Request } from '../../../checker/language/configure.ts';
import { range } from '../../../checker/language/index.ts';
import { reducedSearch } from '../../../checker/search/reduced.ts';
import type { SearchResult } from '../../../checker/search/result.ts';
import { Space } from '../../../checker/space/space.ts';
import indexer from '../../../invariants/examples/indexer.ts';
import { hashOf, wordsOf } from '../../../model/examples/indexer.ts';
import { explore } from './explore.ts';

const slotsOf = (threads: number) =>
  range(threads).flatMap((t) => wordsOf(t, 4).map((word) => hashOf(word, 128)));

test('in 128 slots the words of eleven threads have all another hash, as in the paper', () => {
  expect(new Set(slotsOf(11)).size).toBe(44);
});

test('threads that never meet: each is in one of eight places, whatever the others do', async () => {
  const apart = await explore(indexer, { set: { threads: 3, messages: 2, slots: 128 } });
  expect(apart).toMatchObject({ distinct: 8 ** 3, generated: 1 + 3 * 7 * 8 ** 2, depth: 1 + 3 * 7 });
});

test('when they meet', async () => {
  expect(await explore(indexer)).toMatchObject({ distinct: 10_212, generated: 33_627, depth: 37 });
});

describe('a reduced search', () => {
  const reduced = (request: Request) => reducedSearch(new Space(configure(indexer, request)), { all: true });
  const said = ({ verdict, complete, deadlocks, properties }: SearchResult) => ({
    verdict,
    complete,
    deadlocks,
    properties: properties.map(({ name, result }) => [name, result]),
  });
  const lossy = { set: { threads: 3, messages: 1, slots: 7 }, changes: ['storesWithoutComparing'] };

  test.each([
    [{ set: {} }, 10_212, 1_080],
    [{ set: { threads: 3, messages: 2, slots: 6 } }, 1_898, 461],
    [{ set: { threads: 3, messages: 2, slots: 128 } }, 512, 114],
    [lossy, 177, 31],
  ])('says of %j what the full one does, with fewer states', async (request, all, some) => {
    const full = await explore(indexer, request);
    const few = await reduced(request);
    expect(said(few)).toEqual(said(full));
    expect([full.distinct, few.distinct]).toEqual([all, some]);
  });
});
