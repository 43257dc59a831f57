import { expect, test } from 'vitest';
import session from '../../../invariants/zookeeper/session.ts';
import { explore, violated } from '../examples/explore.ts';
import { catalogue } from '../kafka/catalogue.ts';
import { undeclared } from '../mutants.ts';

test.each([
  [{}, 3_215, 8_831, 58],
  [{ disconnects: 1 }, 29_611, 91_874, 59],
  [{ pauses: 1, pauseOf: 'client', deaths: 0 }, 14_996, 39_431, 106],
])('with %j sessions do what they promise', async (set, ...counts) => {
  const { verdict, complete, distinct, generated, depth } = await explore(session, { set });
  expect([verdict, complete, distinct, generated, depth]).toEqual(['holds', true, ...counts]);
});

test('each change breaks or repairs what it declares', async () => {
  expect((await catalogue(session)).map(({ change, agrees, steps }) => [change, agrees, steps])).toEqual([
    ['leaderPause', true, { liveClientKeepsSession: 26 }],
    ['followerPause', true, { liveClientKeepsSession: 36 }],
    ['largerTimeout', true, { liveClientKeepsSession: 34 }],
    ['readsFirst', true, { liveClientKeepsSession: 42 }],
    ['forgivesPause', true, { liveClientKeepsSession: 34 }],
  ]);
});

test.each([
  ['pauses of 3 half ticks do no harm', { pauseLength: 3 }, [], []],
  ['pauses of 4 do', { pauseLength: 4 }, [], ['liveClientKeepsSession']],
  ['a timeout of 12 is too small for pauses of 8', { timeout: 12 }, [], ['liveClientKeepsSession']],
  ['one of 14 is not', { timeout: 14 }, [], []],
])('with a timeout of 6 and a leader that pauses for 8 half ticks: %s', async (_, set, changes, broken) => {
  expect(violated(await explore(session, { set: { pauses: 1, deaths: 0, ...set }, changes }))).toEqual(
    broken,
  );
});

test.each([4, 5, 8])(
  'reading first helps against pauses shorter than the read timeout, not those of %i',
  async (pauseLength) => {
    const set = { pauses: 1, deaths: 0, pauseLength };
    const broken = pauseLength < 5 ? [] : ['liveClientKeepsSession']; // the client has left, and its pings with it
    expect(violated(await explore(session, { set, changes: ['readsFirst'] }))).toEqual(broken);
  },
);

test('mutants end as declared; only a witness and the absence of deadlocks are broken by nothing', async () => {
  expect(await undeclared(session)).toEqual({ mutants: [], unviolated: ['twoBelieve', 'deadlock'] });
});
