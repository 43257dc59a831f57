import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineModel, properties, single } from '../../../checker/language/index.ts';
import { asDeclared, type Mutated, mutate, unviolated } from '../../../checker/search/mutate.ts';

const counter = defineModel('counter', {
  about: 'Counts up to a limit',
  params: z.strictObject({ limit: z.int().min(1).default(3) }),
})
  .rules({ next: (n: number) => n + 1, most: (limit: number) => limit })
  .changes({ slow: { about: '', source: 'seeded', breaks: ['reachesLimit'] } })
  .mutants({
    next: {
      double: { about: 'Two at a time', rule: (n) => n + 2 },
      never: { about: 'It stays', rule: (n) => n, at: { limit: 2 } },
      same: { about: 'Adds in another order', rule: (n) => 1 + n, survives: 'it is the same sum' },
    },
    most: { none: { about: 'No limit but the schema', rule: () => 9 } },
  })
  .components(() => ({ count: single(z.int().min(0).max(9)), moved: single(z.boolean()) }))
  .init(() => ({ count: 0, moved: false }))
  .action('count', {
    next(s, _, p, rules) {
      if (s.count.value >= rules.most(p.limit)) return;
      return [s.count.set(rules.next(s.count.value)), s.moved.set(true)];
    },
  })
  .deadlock('allowed');
const spec = properties(counter)
  .always('atMost', { holds: (s, _, p) => s.count.value <= p.limit })
  .always('notTwo', { holds: (s) => s.count.value !== 2 })
  .always('moves', { holds: (s) => s.moved.value || s.count.value === 0 })
  .reachable('reachesLimit', { when: (s, p) => s.count.value === p.limit });

async function run(options: Parameters<typeof mutate>[1] = {}): Promise<Mutated[]> {
  const rows: Mutated[] = [];
  for await (const row of mutate(spec, options)) rows.push(row);
  return rows;
}

describe('mutants', () => {
  test('each is searched at its own parameters; what fails without it too kills nothing', async () => {
    const rows = await run();
    expect(rows.map(({ name, at, fate, kills, blind }) => [name, at, fate, kills, blind])).toEqual([
      ['next/double', {}, 'killed', [{ property: 'atMost', steps: 2 }], ['notTwo']],
      ['next/never', { limit: 2 }, 'killed', [{ property: 'reachesLimit', steps: undefined }], ['notTwo']],
      ['next/same', {}, 'survived', [], ['notTwo']],
      ['most/none', {}, 'killed', [{ property: 'atMost', steps: 4 }], ['notTwo']],
    ]);
    expect(rows.map(asDeclared)).toEqual([true, true, true, true]);
    expect(unviolated(spec, rows)).toEqual(['moves']);
  });

  test('only those that are named, with other parameters', async () => {
    const [row, ...more] = await run({ mutants: ['most/none'], set: { limit: 5 } });
    expect(row).toMatchObject({ name: 'most/none', at: { limit: 5 }, kills: [{ steps: 6 }], distinct: 7 });
    expect(more).toEqual([]);
  });

  test('with all, the search goes on to the end and finds what else is violated', async () => {
    const [first] = await run({ mutants: ['next/double'] });
    const [all] = await run({ mutants: ['next/double'], all: true });
    expect(first?.kills).toEqual([{ property: 'atMost', steps: 2 }]);
    expect(all?.kills).toEqual([
      { property: 'atMost', steps: 2 },
      { property: 'reachesLimit', steps: undefined },
    ]);
  });

  test('a limit leaves it open', async () => {
    const [row] = await run({ mutants: ['most/none'], states: 2 });
    expect(row).toMatchObject({ fate: 'stopped', why: 'without it: the limit of 2 states', kills: [] });
    expect(asDeclared(row as Mutated)).toBeUndefined();
  });

  test('ends when it is interrupted', async () => {
    expect(await run({ signal: AbortSignal.abort() })).toEqual([]);
  });
});
