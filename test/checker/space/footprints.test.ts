import { expect, test } from 'vitest';
import { configure } from '../../../checker/language/configure.ts';
import { properties } from '../../../checker/language/index.ts';
import { reducedSearch } from '../../../checker/search/reduced.ts';
import { Space } from '../../../checker/space/space.ts';
import { type Any, faultOf, tiny } from '../tiny.ts';

const server = [['server', 0]] as const;

test('an action that reads what it does not name is an error', async () => {
  const fault = await faultOf(() =>
    tiny.action('peeks', {
      touches: () => ({ reads: server, writes: server }),
      next: (s) => (s.server(1).get('epoch') === 0 ? [s.server(0).patch({ epoch: 1 })] : undefined),
    }),
  );
  expect(fault.reason).toBe('reads what its footprint (touches) does not name');
  expect(fault.place).toMatchObject({ action: 'peeks', component: 'server(1)' });
});

test('so is one that writes it', async () => {
  const fault = await faultOf(() =>
    tiny.action('strays', {
      touches: () => ({ reads: [], writes: ['count'] }),
      next: (s) => [s.server(1).patch({ epoch: 1 })],
    }),
  );
  expect(fault.reason).toBe('writes what its footprint (touches) does not name');
  expect(fault.place).toMatchObject({ action: 'strays', component: 'server(1)' });
});

test('and a footprint that names what does not exist', async () => {
  const fault = await faultOf(() =>
    tiny.action('lost', { touches: () => ({ reads: [['server', 7]], writes: [] }), next: () => [] }),
  );
  expect(fault.reason).toContain('names server, 7, which does not exist');
});

test('a family stands for all of its members', async () => {
  const inside = tiny
    .action('epochs', {
      each: () => [0, 1],
      touches: () => ({ reads: ['server'], writes: ['server'] }),
      next: (s, i) => (s.server(i).get('epoch') === 0 ? [s.server(i).patch({ epoch: 1 })] : undefined),
    })
    .deadlock('allowed');
  const result = await reducedSearch(new Space(configure({ model: inside, properties: [] })));
  expect([result.verdict, result.distinct]).toEqual(['holds', 4]);
});

test('two servers that have nothing to do with each other: one order, unless a property sees the difference', async () => {
  const apart = tiny
    .action('epochs', {
      each: () => [0, 1],
      touches: (i) => ({ reads: [['server', i]], writes: [['server', i]] }),
      next: (s, i) => (s.server(i).get('epoch') === 0 ? [s.server(i).patch({ epoch: 1 })] : undefined),
    })
    .deadlock('allowed');
  const search = (spec: Any) => reducedSearch(new Space(configure(spec)));
  const alone = await search({ model: apart, properties: [] });
  expect([alone.verdict, alone.distinct, alone.reduced]).toEqual(['holds', 3, 1]);
  const seen = await search(
    properties(apart).always('inOrder', {
      source: 'seeded',
      holds: (s) => s.server(0).get('epoch') >= s.server(1).get('epoch'),
    }),
  );
  expect([seen.verdict, seen.violations.map(({ property }) => property)]).toEqual(['violated', ['inOrder']]);
});

// An action that is disabled by what server 0 is does not look at server 1, and what tells a proper end is no promise.
test('only what an action has looked at can enable it, and an expected end shows nothing', async () => {
  const joined = tiny
    .action('epochs', {
      each: () => [0, 1],
      touches: (i) => ({ reads: [['server', i]], writes: [['server', i]] }),
      next: (s, i) =>
        s.server(i).get('epoch') < 2
          ? [s.server(i).patch({ epoch: s.server(i).get('epoch') + 1 })]
          : undefined,
    })
    .action('joins', {
      touches: () => ({ reads: ['server', 'count'], writes: ['count'] }),
      next: (s) =>
        s.server(0).get('epoch') === 2 && s.server(1).get('epoch') === 2 && s.count.value === 0
          ? [s.count.set(1)]
          : undefined,
    })
    .deadlock((s) => s.count.value === 1 && s.server(0).get('epoch') === 2 && s.server(1).get('epoch') === 2);
  const result = await reducedSearch(new Space(configure({ model: joined, properties: [] })));
  expect([result.verdict, result.distinct]).toEqual(['holds', 6]); // of 10: one order of the four steps, then both join
});

test('refused with a sentence', async () => {
  const message = async (spec: Any): Promise<string> => {
    try {
      await reducedSearch(new Space(configure(spec)));
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
    return 'it was searched';
  };
  const plain = tiny.action('once', { next: () => undefined }).deadlock('allowed');
  expect(await message({ model: plain, properties: [] })).toContain(
    'does not declare what its actions read and write',
  );
  const named = tiny
    .action('once', { touches: () => ({ reads: [], writes: [] }), next: () => undefined })
    .deadlock('allowed');
  const step = properties(named).step('never', { source: 'seeded', holds: () => true });
  expect(await message(step)).toContain('never is a step property, which --reduce cannot check');
  expect(await message({ model: named.within(() => true), properties: [] })).toContain(
    'cut off by a constraint',
  );
});
