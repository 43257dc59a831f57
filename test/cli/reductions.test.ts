import { expect, test } from 'vitest';
import { SearchJson } from '../../cli/json.ts';
import { fencepost } from './fencepost.ts';

const five = ['check', 'examples/two-phase-commit', '--set', 'resourceManagers=5'];

test('--symmetry counts orbits, and says so in the first line', async () => {
  const { out, code } = await fencepost([...five, '--symmetry']);
  expect(out.split('\n')[0]).toContain(
    'HOLDS for resourceManagers=5 (complete: 314 states, counting those once that differ in nothing but which resourceManager is which)',
  );
  expect(code).toBe(0);
  const json = await fencepost([...five, '--symmetry', '--json']);
  expect(SearchJson.parse(JSON.parse(json.out))).toMatchObject({
    distinct: 314,
    symmetry: 'resourceManager',
  });
});

test('--bitstate says in the first line what it may have left out', async () => {
  const bitstate = [...five, '--bitstate', '1MiB', '--seed', '7', '--swarm', '2'];
  const { out, code } = await fencepost(bitstate);
  expect(out.split('\n')[0]).toMatch(
    /PASSED .*no violation in 8,832 states \(the largest of 2 searches, a new one taken for a known one with a probability of at most \S+; seed 7\), which proves nothing/,
  );
  expect(code).toBe(0);
  const json = await fencepost([...bitstate, '--json']);
  expect(SearchJson.parse(JSON.parse(json.out))).toMatchObject({
    search: 'bitstate',
    verdict: 'passed',
    complete: false,
    distinct: 8832,
    seed: 7,
  });
});

test.each([
  [['zookeeper/election', '--symmetry'], 'does not declare that any of its members are interchangeable'],
  [['zookeeper/election', '--bitstate', '1MiB', '--all'], '--bitstate and --all are not combined'],
  [['zookeeper/election', '--swarm', '2'], '--swarm needs --bitstate'],
  [['zookeeper/election', '--bitstate', '1GiB'], 'at most 512 MiB'],
])('refused: check %j', async (args, sentence) => {
  const { err, code } = await fencepost(['check', ...args]);
  expect(err).toContain(sentence);
  expect(code).toBe(2);
});

test('--reduce is refused where no action says what it touches, and beside --symmetry', async () => {
  const plain = await fencepost([...five, '--reduce']);
  expect(plain.err).toContain('does not declare what its actions read and write (touches)');
  const both = await fencepost([...five, '--reduce', '--symmetry']);
  expect(both.err).toContain('--reduce and --symmetry are not combined');
  expect([plain.code, both.code]).toEqual([2, 2]);
});

test('--reduce says from how many states steps were left out', async () => {
  const { out, code } = await fencepost(['check', 'examples/indexer', '--reduce']);
  expect(out.split('\n')[0]).toContain(
    'HOLDS for threads=4, messages=2, slots=8 (complete: 1,080 states, from 733 of which some steps were left out)',
  );
  expect(code).toBe(0);
});
