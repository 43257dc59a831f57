import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { configure, type Request } from '../../../checker/language/configure.ts';
import { UsageError } from '../../../checker/language/errors.ts';
import { type Spec, specOf } from '../../../checker/language/index.ts';
import { type BreadthFirstOptions, breadthFirst } from '../../../checker/search/breadth-first.ts';
import { Space } from '../../../checker/space/space.ts';
import twoPhaseCommit from '../../../invariants/examples/two-phase-commit.ts';
import election from '../../../invariants/zookeeper/election.ts';

const folder = mkdtempSync(join(tmpdir(), 'fencepost-checkpoint-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
const newFolder = (): string => join(folder, `${count++}`);
const kept = (where: string, resume: boolean, edition = '') => {
  return { checkpoint: { folder: where, resume, everySeconds: 600, edition } };
};

async function search(spec: Spec, request: Request, options: BreadthFirstOptions) {
  const space = new Space(configure(spec, request));
  const { seconds, bytes, evaluations, ...result } = await breadthFirst(space, options);
  const shown = ({ path, ...rest }: (typeof result.violations)[number]) => {
    return { ...rest, states: path?.states.map((state) => space.valuesOf(state)), steps: path?.steps };
  };
  const liveness = result.liveness && { ...result.liveness, seconds: 0 };
  const witnesses = result.witnesses.map(({ property, path }) => [property, path.steps]);
  return { ...result, liveness, violations: result.violations.map(shown), witnesses };
}

const commit = specOf(twoPhaseCommit);
const electionSpec = specOf(election);

test.each<[string, Spec, Request, BreadthFirstOptions]>([
  ['a model that holds', commit, { set: { resourceManagers: 4 } }, { all: true }],
  [
    'a shortest violation in the level that was interrupted',
    electionSpec,
    { changes: ['finalizeWithoutComparing'], set: { finalizeWait: 'quiet' } },
    {},
  ],
  ['all violations', electionSpec, { changes: ['quorumOfHalf'], set: { servers: 2 } }, { all: true }],
  [
    'liveness',
    electionSpec,
    { set: { servers: 2, recovery: 'fair', finalizeWait: 'noBetter' } },
    { all: true },
  ],
])(
  'stopped again and again and resumed, a search says what it says in one go: %s',
  async (_, spec, request, how) => {
    const expected = await search(spec, request, how);
    const where = newFolder();
    let found = await search(spec, request, { ...how, states: 1, ...kept(where, false) });
    let runs = 1;
    for (
      let states = 3;
      found.verdict === 'stopped' || found.stoppedBy !== undefined;
      states = Math.ceil(states * 1.7)
    ) {
      found = await search(spec, request, { ...how, states, ...kept(where, true) });
      runs++;
    }
    expect(found).toEqual(expected);
    expect(runs).toBeGreaterThan(3);
    expect(statSync(join(where, 'checkpoint'), { throwIfNoEntry: false })).toBeUndefined();
  },
);

test('Ctrl-C keeps the search', async () => {
  const request = { set: { resourceManagers: 6 } };
  const where = newFolder();
  const interrupt = new AbortController();
  const onProgress = (): void => interrupt.abort();
  const stopped = await search(commit, request, {
    signal: interrupt.signal,
    onProgress,
    ...kept(where, false),
  });
  expect(stopped.stoppedBy).toBe('interrupted');
  expect(stopped.distinct).toBeGreaterThan(1);
  expect(await search(commit, request, kept(where, true))).toEqual(await search(commit, request, {}));
});

async function stoppedSearch(request: Request = {}): Promise<string> {
  const where = newFolder();
  await search(commit, request, { states: 200, ...kept(where, false) });
  return where;
}

async function refusal(spec: Spec, request: Request, where: string, edition?: string): Promise<string> {
  const error: unknown = await search(spec, request, kept(where, true, edition)).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UsageError);
  return (error as UsageError).message.replace(where, 'DIR');
}

test('a damaged checkpoint is refused, wherever the damage is', async () => {
  const where = await stoppedSearch();
  const file = join(where, 'checkpoint');
  const whole = join(where, 'whole');
  copyFileSync(file, whole);
  const { size } = statSync(file);
  for (const length of [0, 1, 31, 32, 33, 100, size >> 1, size - 1]) {
    copyFileSync(whole, file);
    truncateSync(file, length);
    expect(await refusal(commit, {}, where)).toMatch(/^the checkpoint in DIR is damaged/);
  }
  for (let at = 0; at < size; at += Math.ceil(size / 97)) {
    const bytes = readFileSync(whole);
    bytes[at] = (bytes[at] as number) ^ 4;
    writeFileSync(file, bytes);
    expect(await refusal(commit, {}, where)).toMatch(/^the checkpoint in DIR is damaged/);
  }
  copyFileSync(whole, file);
  writeFileSync(file, 'x', { flag: 'a' });
  expect(await refusal(commit, {}, where)).toMatch(/^the checkpoint in DIR is damaged/);
});

test('a checkpoint of something else is refused', async () => {
  const where = await stoppedSearch();
  expect(await refusal(electionSpec, {}, where)).toBe(
    'the checkpoint in DIR belongs to the model examples/two-phase-commit.',
  );
  expect(await refusal(commit, { set: { resourceManagers: 4 } }, where)).toMatch(
    /^the checkpoint in DIR belongs to other parameters: \{"resourceManagers":3\}\.$/,
  );
  expect(await refusal({ ...commit, properties: [] }, {}, where)).toBe(
    'the checkpoint in DIR belongs to a search for other properties.',
  );
  expect(await refusal(commit, {}, where, 'another edition')).toBe(
    'the checkpoint in DIR belongs to another version of the model or of the program.',
  );
  const { definition } = commit.model;
  const actions = definition.actions.map((action) => ({ ...action, next: () => undefined }));
  const changed = { ...commit, model: { ...commit.model, definition: { ...definition, actions } } };
  expect(await refusal(changed, {}, where)).toBe(
    'the checkpoint in DIR belongs to another version of the model or of the program.',
  );
});

test('a folder that does not fit what is asked for', async () => {
  const where = await stoppedSearch();
  await expect(search(commit, {}, kept(where, false))).rejects.toThrow(
    /holds a checkpoint: go on from it with --resume/,
  );
  await expect(search(commit, {}, kept(newFolder(), true))).rejects.toThrow(/holds no checkpoint to resume/);
  await expect(search(commit, {}, kept(join(where, 'checkpoint'), false))).rejects.toThrow(/is a file/);
  await expect(search(commit, {}, kept(join(where, 'checkpoint', 'x'), false))).rejects.toThrow(
    /cannot be written/,
  );
});

test('a search of representatives is not kept: its states are not those of a search of all', async () => {
  const representative = (vector: Int32Array, into: Int32Array): void => into.set(vector);
  await expect(search(commit, {}, { representative, ...kept(newFolder(), false) })).rejects.toThrow(
    'only an exact search of all states can be kept in a checkpoint.',
  );
});
