import { expect, test } from 'vitest';
import { configure } from '../../../checker/language/configure.ts';
import { breadthFirst } from '../../../checker/search/breadth-first.ts';
import { verify } from '../../../checker/search/verify.ts';
import { Space } from '../../../checker/space/space.ts';
import election from '../../../invariants/zookeeper/election.ts';

const explore = (set: Record<string, unknown>) =>
  breadthFirst(new Space(configure(election, { set })), { all: true });

test.each([
  // set, distinct, generated, depth, states without a step
  [{ servers: 2 }, 84, 149, 14, 1],
  [{ finalizeWait: 'quiet' }, 32_241, 89_370, 33, 1],
  [{}, 109_682, 356_973, 32, 31],
  [{ servers: 2, crashes: 1 }, 1_922, 4_133, 29, 13],
  [{ servers: 2, crashes: 1, disconnects: 1, inFlight: 1 }, 13_871, 35_781, 48, 28], // 'connect' repeats messages
  [{ start: 'established', disconnects: 1, giveUps: 1 }, 531, 1_223, 14, 3],
  [{ start: 'established', giveUps: 2, queue: 9 }, 15_182, 49_055, 24, 24], // leaving empties the queue
  [{ zxids: [0, 0, -1], epochs: [0, 0, 1], finalizeWait: 'quiet' }, 4_756, 13_722, 24, 4], // one server without data
])('%j holds, with a pinned number of states', async (set, distinct, generated, depth, deadlocks) => {
  const result = await explore(set);
  expect(result.verdict).toBe('holds');
  expect(result).toMatchObject({ complete: true, distinct, generated, depth, deadlocks });
});

test('at the default bounds every promise that applies is put to the test', async () => {
  const result = await explore({});
  const idle = result.properties.filter(({ result, premise }) => result === 'holds' && premise === 0);
  expect(idle.map(({ name }) => name)).toEqual([]);
  expect([...result.taken].filter(([, steps]) => steps === 0)).toEqual([]);
});

test('the election alone lets two servers lead at once, and a wait that outlasts every message does not', async () => {
  const twoLeading = (result: Awaited<ReturnType<typeof explore>>) =>
    result.properties.find(({ name }) => name === 'twoLeading')?.result;
  expect(twoLeading(await explore({}))).toBe('reached');
  expect(twoLeading(await explore({ finalizeWait: 'quiet' }))).toBe('unchecked'); // not claimed there
});

test('each historic bug and each seeded fault is found, by the shortest run', async () => {
  const found: Record<string, readonly (number | undefined)[]> = {};
  const open: string[] = [];
  for await (const row of verify(election)) {
    if (row.agrees !== true) open.push(row.change);
    const broken = row.claims.filter(
      ({ design, expected }) => design === 'changed' && expected === 'violated',
    );
    found[row.change] = broken.map(({ steps }) => steps);
  }
  expect(open).toEqual([]);
  expect(found).toMatchObject({
    roundIgnored: [9],
    epochGuardMissing: [2],
    votesBeatEachOther: [2, 16, 24],
    leaderOnHearsay: [6],
    endsWhenAllHaveVoted: [5],
    checkLeaderLeftOut: [6, 6],
    zeroWeightLeads: [7],
    finalizeWithoutComparing: [12],
    zxidIgnored: [8, 8],
    epochIgnored: [8, 8],
    quorumOfHalf: [3],
    followersNeedNoQuorum: [7],
    higherRoundKeepsProposal: [26],
    weightsIgnored: [7],
    strictVotesEqual: [16],
  });
});

test.each([
  [{ servers: 2, crashes: 1 }, 10_787],
  [{ servers: 2, giveUps: 1 }, 2_730],
  [{ start: 'newcomer' }, 172],
  [{ start: 'established', crashes: 1, restart: 'never' }, 963],
  [{ start: 'established', crashes: 1, restart: 'whenSettled' }, 12_680],
])(
  'with fair recovery and %j somebody leads in the end, and nobody looks for ever',
  async (set, distinct) => {
    const result = await explore({ recovery: 'fair', finalizeWait: 'noBetter', ...set });
    expect(result).toMatchObject({ verdict: 'holds', complete: true, distinct });
    const live = result.properties.filter(({ kind }) => kind === 'temporal');
    expect(live.map(({ result, premise }) => [result, premise > 0])).toEqual([
      ['holds', true],
      ['holds', true],
    ]);
  },
);

test('a newcomer that cannot match the votes asks the same question for ever', async () => {
  const change = { set: { start: 'newcomer', recovery: 'fair', finalizeWait: 'noBetter' } };
  const space = new Space(configure(election, { ...change, changes: ['strictVotesEqual'] }));
  const { violations } = await breadthFirst(space, { all: true });
  const [{ path, loop } = {}] = violations.filter(({ property }) => property === 'lateJoinerFollows');
  const round = path?.steps.slice(loop).map(({ instance }) => space.transitions.instances[instance]?.name);
  expect([loop, round?.[0], round?.length]).toEqual([8, 'resend(1)', 8]);
});

test('every safety promise is broken by some change of the catalogue', () => {
  const broken = Object.values(election.model.definition.changes).flatMap((change) => change.breaks ?? []);
  const promises = election.properties.filter(({ kind }) => kind === 'always' || kind === 'step');
  expect(promises.map(({ name }) => name).filter((name) => !broken.includes(name))).toEqual([]);
});
