import { expect, test } from 'vitest';
import { z } from 'zod';
import { channels, defineModel, family, setOf, single, table } from '../../../checker/language/index.ts';
import { toItf } from '../../../checker/trace/itf.ts';
import type { Trace } from '../../../checker/trace/trace.ts';
import dieHardSpec from '../../../invariants/examples/die-hard.ts';
import { findTrace } from './find.ts';
import { ballotSpec } from './models.ts';

/** Reads ITF values as a tool would that knows nothing of the model; the names say what was said. */
function read(value: unknown): unknown {
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(read);
  if (typeof value !== 'object' || value === null) throw new Error(`no ITF value: ${JSON.stringify(value)}`);
  const [[key, inner] = ['', undefined], ...others] = Object.entries(value);
  if (others.length === 0 && key.startsWith('#')) {
    if (key === '#bigint' && typeof inner === 'string' && /^-?\d+$/.test(inner)) return BigInt(inner);
    if (key === '#set' && Array.isArray(inner)) return new Set(inner.map(read));
    if (key === '#tup' && Array.isArray(inner)) return { tuple: inner.map(read) };
    if (key === '#map' && Array.isArray(inner))
      return new Map(inner.map(([k, v]) => [read(k), read(v)] as const));
    if (key === '#unserializable' && typeof inner === 'string') return { unserializable: inner };
    throw new Error(`no ITF value: ${JSON.stringify(value)}`);
  }
  if ('tag' in value && 'value' in value) return { variant: value.tag, of: read(value.value) };
  return Object.fromEntries(Object.entries(value).map(([field, v]) => [field, read(v)]));
}

async function golden(name: string, trace: Trace): Promise<void> {
  const text = `${JSON.stringify(toItf(trace), undefined, 2)}\n`;
  await expect(text).toMatchFileSnapshot(`../../fixtures/traces/${name}.itf.json`);
}

test('the puzzle', async () => golden('die-hard', await findTrace(dieHardSpec, 'fourLitres')));

test('families, tables of channels, sets and absent values', async () =>
  golden('votes-stay', await findTrace(ballotSpec, 'votesStay')));

test('every state says every variable, and its number; the step that led to it is a remark', async () => {
  const trace = await findTrace(ballotSpec, 'oneLeader');
  const itf = toItf(trace);
  expect(itf.vars).toEqual(['server', 'net', 'crashBudget', 'leaders']);
  expect(itf.states).toHaveLength(8);
  expect(itf.loop).toBeUndefined();
  itf.states.forEach((state, index) => {
    expect(Object.keys(state)).toEqual(['#meta', ...itf.vars]);
    expect(state['#meta']).toMatchObject({ index });
  });
  expect(itf.states[1]?.['#meta']).toMatchObject({ action: 'campaign(0)' });
  for (const remark of Object.values(itf['#meta'])) expect(remark).toBeTypeOf('string');
});

test('read back, every kind of value is what it was', async () => {
  const model = defineModel('test/kinds', { about: 'all kinds of values', params: z.strictObject({}) })
    .components(() => ({
      flag: single(z.boolean()),
      all: single(
        z.strictObject({
          absent: z.int().nullable(),
          present: z.union([z.null(), z.string()]),
          sets: setOf(setOf(z.int())),
          pair: z.tuple([z.int(), setOf(z.string())]),
          byName: z.record(z.string(), z.array(z.int()).nullable()),
          half: z.number(),
          big: z.number(),
        }),
      ),
      named: family(['x', 'y'], z.int()),
      grid: table([1, 2], ['a'], z.boolean()),
      net: channels([1, 2], z.literal(null).nullable()),
    }))
    .init(() => ({
      flag: false,
      all: {
        absent: null,
        present: 'here',
        sets: [[1, 2], []],
        pair: [-1, ['s']],
        byName: { p: [3], q: null },
        half: 0.5,
        big: 2 ** 60,
      },
      named: (key) => (key === 'x' ? 1 : 2),
      grid: true,
      net: (from) => (from === 1 ? [null] : []),
    }))
    .action('toggle', { next: (s) => (s.flag.value ? undefined : [s.flag.set(true)]) });
  const { states } = toItf(await findTrace(model, 'deadlock'));
  expect(states).toHaveLength(2);
  const none = { variant: 'None', of: { tuple: [] } };
  expect(read(states[1]?.all)).toEqual({
    absent: none,
    present: { variant: 'Some', of: 'here' },
    sets: new Set([new Set(), new Set([1n, 2n])]),
    pair: { tuple: [-1n, new Set(['s'])] },
    byName: new Map<string, unknown>([
      ['p', { variant: 'Some', of: [3n] }],
      ['q', none],
    ]),
    half: { unserializable: '0.5' },
    big: 2n ** 60n,
  });
  expect(read(states[1]?.flag)).toBe(true);
  expect(read(states[1]?.named)).toEqual(
    new Map([
      ['x', 1n],
      ['y', 2n],
    ]),
  );
  expect(read(states[1]?.grid)).toEqual(
    new Map([
      [{ tuple: [1n, 'a'] }, true],
      [{ tuple: [2n, 'a'] }, true],
    ]),
  );
  expect(read(states[1]?.net)).toMatchObject({ size: 4 });
});

test('a run without an end does not repeat the state that closes its loop', async () => {
  const trace = await findTrace(dieHardSpec, 'fourLitres');
  const round = toItf({ ...trace, loop: 2 });
  expect([round.states.length, round.loop]).toEqual([6, 2]);
  const stopped = toItf({ ...trace, loop: 6 });
  expect([stopped.states.length, stopped.loop]).toEqual([7, 6]);
});

test('without a run there are no states', async () => {
  expect(toItf(await findTrace(ballotSpec, 'never')).states).toEqual([]);
});
