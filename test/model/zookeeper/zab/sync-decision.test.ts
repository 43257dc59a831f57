import { expect, test } from 'vitest';
import { syncDecision } from '../../../../model/zookeeper/zab/sync-decision.ts';
import { makeZxid } from '../../../../model/zookeeper/zxid.ts';

// The facts of LearnerHandlerTest. A plain number n is the zxid (0, n).
type Z = number | readonly [epoch: number, counter: number];
const zxid = (z: Z): number => (typeof z === 'number' ? makeZxid(0, z) : makeZxid(...z));
const entries = (zs: readonly Z[]) => zs.map((z) => ({ zxid: zxid(z) }));

interface Row {
  readonly id: string;
  readonly cache?: readonly Z[];
  readonly log?: readonly Z[] | 'off';
  readonly last: Z;
  readonly peer: Z;
  readonly op: 'DIFF' | 'TRUNC' | 'SNAP';
  readonly to?: Z;
  readonly forward?: Z;
  readonly proposals?: readonly Z[];
}

const cached: readonly Z[] = [
  [15, 6],
  [15, 7],
  [15, 8],
];
const logged: readonly Z[] = [[15, 2], [15, 3], [15, 5], ...cached, [15, 9]];
const epoch1: readonly Z[] = [
  [1, 1],
  [1, 2],
];

const rows: readonly Row[] = [
  { id: 'S1: ahead of an empty cache', last: 1, peer: 3, op: 'TRUNC', to: 1, forward: 1, proposals: [] },
  { id: 'S3: no log sync', log: 'off', last: 1, peer: 0, op: 'SNAP' },
  {
    id: 'S4: unknown zxid in the cache',
    cache: [2, 3, 5],
    last: 6,
    peer: 4,
    op: 'TRUNC',
    to: 3,
    forward: 5,
    proposals: [5],
  },
  { id: 'S6: before the cache, no log sync', cache: [2, 3, 5], log: 'off', last: 6, peer: 1, op: 'SNAP' },
  {
    id: 'S8: log and cache',
    cache: [6, 7, 8],
    log: [2, 3, 5, 6, 7, 8, 9],
    last: 9,
    peer: 3,
    op: 'DIFF',
    to: 8,
    forward: 8,
    proposals: [5, 6, 7, 8],
  },
  { id: 'S9: the log says nothing', last: 7, peer: 4, op: 'SNAP' },
  {
    id: 'S11: the log up to what is in memory',
    log: [2, 3, 5, 6, 7, 8],
    last: 7,
    peer: 2,
    op: 'DIFF',
    to: 7,
    forward: 7,
    proposals: [3, 5, 6, 7],
  },
  {
    id: 'S13: unknown zxid of the same epoch',
    cache: cached,
    log: logged,
    last: [15, 9],
    peer: [15, 4],
    op: 'TRUNC',
    to: [15, 3],
    forward: [15, 8],
    proposals: [[15, 5], ...cached],
  },
  {
    id: 'S16: a learner that has seen NEWLEADER alone',
    cache: epoch1,
    log: [[0, 1], ...epoch1],
    last: [2, 0],
    peer: [1, 0],
    op: 'DIFF',
    to: [1, 2],
    forward: [1, 2],
    proposals: epoch1,
  },
  {
    id: 'S18: duplicates are sent once',
    cache: [...epoch1, ...epoch1],
    log: [[0, 1], ...epoch1, ...epoch1],
    last: [2, 0],
    peer: [1, 0],
    op: 'DIFF',
    to: [1, 2],
    forward: [1, 2],
    proposals: epoch1,
  },
];

test.each(rows)('$id', ({ cache = [], log = [], last, peer, op, to, forward, proposals }) => {
  const txnLog = log === 'off' ? null : entries(log);
  const decision = syncDecision(
    { lastProcessed: zxid(last), committedLog: entries(cache), txnLog },
    zxid(peer),
  );
  expect(decision.op).toBe(op);
  expect(decision.zxid).toBe(zxid(to ?? last));
  if (proposals !== undefined) expect(decision.proposals).toEqual(entries(proposals));
  if (forward !== undefined) expect(decision.forwardFrom).toBe(zxid(forward));
});

test('a snapshot is forced where the cache has only a later epoch than the learner, and forwarding starts too early', () => {
  const committedLog = entries([
    [1, 1],
    [2, 1],
  ]);
  const db = { lastProcessed: makeZxid(2, 1), committedLog, txnLog: null };
  expect(syncDecision(db, makeZxid(1, 2))).toEqual({
    op: 'SNAP',
    zxid: makeZxid(2, 1),
    proposals: [],
    forwardFrom: makeZxid(1, 2),
  });
});

test('a learner that is level with the leader gets an empty DIFF, marker or not', () => {
  const committedLog = entries([[1, 1]]);
  const db = { lastProcessed: makeZxid(2, 0), committedLog, txnLog: null };
  expect(syncDecision(db, makeZxid(2, 0))).toMatchObject({ op: 'DIFF', proposals: [] });
});

test('with an empty cache a learner is told to truncate to the last processed zxid, though no log has a marker', () => {
  const db = { lastProcessed: makeZxid(1, 0), committedLog: [], txnLog: null };
  expect(syncDecision(db, makeZxid(1, 1))).toMatchObject({ op: 'TRUNC', zxid: makeZxid(1, 0) });
});
