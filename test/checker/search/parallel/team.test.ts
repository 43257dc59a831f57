import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type BreadthFirstOptions, breadthFirst } from '../../../../checker/search/breadth-first.ts';
import type { SearchResult } from '../../../../checker/search/result.ts';
import type { Seen } from '../../../../checker/search/visited.ts';
import { bundledWorker } from '../../../support/bundled-worker.ts';
import { type GridOptions, grid } from './grid.ts';
import { type HouseOptions, houseSpace } from './house.ts';

const source = new URL('./grid-worker.ts', import.meta.url);
let entry = source.href;
beforeAll(async () => {
  entry = await bundledWorker(source);
});

function search(
  data: GridOptions,
  count: number,
  options: BreadthFirstOptions = {},
  from = entry,
): Promise<SearchResult> {
  const workers = { entry: from, data, count, after: 0, leastRound: 1, tableBits: 8 };
  return breadthFirst(grid(data), count === 0 ? options : { ...options, workers });
}

const said = ({ seconds, bytes, evaluations, witnesses, liveness, ...result }: SearchResult) => {
  const { unchecked, transitions } = liveness ?? {};
  const steps = witnesses.map(({ property, path }) => [property, path.steps]);
  return { ...result, unchecked, transitions, taken: [...result.taken], steps };
};

test.each([false, true])('table, bits and log of values grow under way, steps recorded: %s', async (live) => {
  const data = { to: 12, live };
  const alone = await search(data, 0);
  expect(alone.distinct).toBe(13 * 13 * ((13 * 14) / 2)); // one more for each value of the first counter, by its label
  expect(said(await search(data, 3))).toEqual(said(alone));
});

test.each([false, true])(
  'a checkpoint between two levels, or in the midst of one, is resumed to the end, steps recorded: %s',
  async (live) => {
    const data = { to: 6, live };
    const alone = await search(data, 0);
    const folder = mkdtempSync(join(tmpdir(), 'fencepost-rounds-'));
    const checkpoint = { folder, resume: false, everySeconds: 0, edition: '' };
    const copies: string[] = [];
    const onProgress = (): void => {
      const copy = join(folder, `${copies.push(`copy ${copies.length}`)}`);
      mkdirSync(copy);
      copyFileSync(join(folder, 'checkpoint'), join(copy, 'checkpoint'));
    };
    expect(said(await search(data, 2, { checkpoint, onProgress }))).toEqual(said(alone));
    expect(copies.length).toBeGreaterThan(alone.depth ?? 0);
    for (const n of copies.keys()) {
      const resumed = { folder: join(folder, `${n + 1}`), resume: true, everySeconds: 600, edition: '' };
      expect(said(await search(data, 0, { checkpoint: resumed }))).toEqual(said(alone));
    }
    rmSync(folder, { recursive: true });
  },
);

test.each([300, 1000, 3000, 7000])(
  'a limit of %i states, where a round is void whose table has grown',
  async (states) => {
    const data = { to: 12 };
    const alone = await search(data, 0, { states });
    expect(alone.stoppedBy).toBe(`the limit of ${states} states`);
    expect(said(await search(data, 2, { states }))).toEqual(said(alone));
  },
);

describe('states have the numbers and parents that one thread gives them', () => {
  const house = new URL('./house-worker.ts', import.meta.url);

  /** Each state after its parent's number, in the order of discovery. */
  async function found(
    data: HouseOptions,
    workers: { entry: string; count: number; after?: number },
    space = houseSpace(data),
    limit = 15_000,
  ): Promise<readonly string[]> {
    const states: string[] = [];
    const vector = new Int32Array(space.layout.slots.length);
    const onEnd = ({ count: all, read, parentOf }: Seen): void => {
      for (let state = 0; state < all; state++) {
        read(state, vector);
        states.push(`${parentOf(state)} ${JSON.stringify(space.valuesOf(vector))}`);
      }
    };
    const options = { after: 0, tableBits: 8, ...workers, data };
    await breadthFirst(space, { workers: options, states: limit, onEnd });
    return states;
  }

  test('where most steps sleep', async () => {
    const data: HouseOptions = { model: 'two-phase commit', set: { resourceManagers: 5 } };
    const worker = await bundledWorker(house);
    const alone = await found(data, { entry: worker, count: 1 });
    expect(alone).toHaveLength(8832);
    for (const count of [2, 3]) expect(await found(data, { entry: worker, count })).toEqual(alone);
  });

  test('where most steps send and receive, and again in the same space', async () => {
    const data: HouseOptions = { model: 'election', set: { servers: 3 } };
    const worker = await bundledWorker(house);
    const alone = await found(data, { entry: worker, count: 1 });
    expect(alone.length).toBeGreaterThanOrEqual(15_000);
    const space = houseSpace(data);
    await found(data, { entry: worker, count: 2 }, space, 1500);
    for (const count of [2, 3]) expect(await found(data, { entry: worker, count }, space)).toEqual(alone);
  });
});

test('from the source', async () => {
  const alone = await search({ to: 4 }, 0);
  expect(said(await search({ to: 4 }, 2, {}, source.href))).toEqual(said(alone));
});

test('a worker that ends by itself ends the search, which then has no verdict', async () => {
  await expect(search({ to: 12, exitAt: 3 }, 2)).rejects.toThrow(
    /^a worker thread has died: it exited with \d\d$/,
  );
});

test('an error of the model that a worker meets is the one that one thread throws', async () => {
  const data = { to: 9, throwAt: 14 };
  const message = await search(data, 0).catch((error: Error) => error.message);
  expect(message).toMatch(/throws Error: the sum is 14 at /);
  await expect(search(data, 3)).rejects.toThrow(message as string);
});

test('an error of a temporal claim is the one that one thread throws', async () => {
  const data = { to: 12, live: true, claimThrowsAt: 12 };
  const message = await search(data, 0).catch((error: Error) => error.message);
  expect(message).toMatch(/throws Error: the first counter is 12$/);
  await expect(search(data, 2)).rejects.toThrow(message as string);
});

test('a worker that is slow to ask temporal claims is waited for', async () => {
  const alone = await search({ to: 12, live: true }, 0);
  expect(said(await search({ to: 12, live: true, claimIsSlow: true }, 2))).toEqual(said(alone));
});

test('a worker that ends while it asks a temporal claim ends the search', async () => {
  await expect(search({ to: 12, live: true, claimExits: true }, 2)).rejects.toThrow(
    /^a worker thread has died: it (exited with 20|does not answer)$/,
  );
});

test('a worker whose model is another one', async () => {
  await expect(search({ to: 5, otherModel: true }, 2)).rejects.toThrow(
    /a worker has another model: its value 0 of \w+ is 1/,
  );
});

test('Ctrl-C, and a limit of memory', async () => {
  const interrupt = new AbortController();
  const onProgress = ({ distinct }: { distinct: number }): void => {
    if (distinct > 500) interrupt.abort();
  };
  const stopped = await search({ to: 12 }, 2, { signal: interrupt.signal, onProgress });
  expect(stopped).toMatchObject({ verdict: 'stopped', stoppedBy: 'interrupted', complete: false });
  const small = await search({ to: 12 }, 2, { memory: 2 ** 20 });
  expect(small).toMatchObject({ verdict: 'stopped', stoppedBy: 'the limit of 1 MiB of memory' });
});
