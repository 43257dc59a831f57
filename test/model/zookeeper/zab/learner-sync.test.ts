import { describe, expect, test } from 'vitest';
import { learnerRules } from '../../../../model/zookeeper/zab/learner-rules.ts';
import {
  afterUpToDate,
  commitInSync,
  commitPending,
  fastForward,
  informInSync,
  misnamedSnapshotOf,
  processTxn,
  proposalInSync,
  restore,
  type Synced,
  startSync,
  takeCommitted,
  treeOf,
  truncateLog,
} from '../../../../model/zookeeper/zab/learner-sync.ts';
import type { Txn } from '../../../../model/zookeeper/zab/txn.ts';
import { makeZxid } from '../../../../model/zookeeper/zxid.ts';

const txn = (epoch: number, counter: number): Txn => ({ zxid: makeZxid(epoch, counter), value: counter });
const [a, b, c] = [txn(1, 1), txn(1, 2), txn(1, 3)];

type Packet = readonly ['PROPOSAL', Txn] | readonly ['COMMIT', number];

function feed(from: Synced, packets: readonly Packet[]): Synced {
  return packets.reduce<Synced>((now, packet) => {
    if ('refused' in now) return now;
    return packet[0] === 'PROPOSAL'
      ? proposalInSync(now.sync, now.tree, packet[1])
      : commitInSync(now.sync, now.tree, packet[1], learnerRules);
  }, from);
}

const diff = { sync: startSync('DIFF', false), tree: treeOf([a]) };
const trunc = { sync: startSync('TRUNC', false), tree: treeOf([a]) };

describe('the first packet decides whether a snapshot is taken, or what comes is logged', () => {
  test.each([
    ['DIFF', false, false],
    ['DIFF', true, true], // releases before 3.4.10
    ['TRUNC', false, true],
    ['SNAP', false, true],
  ] as const)('%s, with snapshots after DIFF: %s', (mode, diffSnapshots, snapshotNeeded) => {
    expect(startSync(mode, diffSnapshots)).toMatchObject({
      mode,
      snapshotNeeded,
      writeToTxnLog: !snapshotNeeded,
    });
  });
});

describe('INFORM in the sync loop of an observer', () => {
  test('with DIFF it is remembered, with what it commits', () => {
    expect(informInSync(diff.sync, diff.tree, b, learnerRules)).toMatchObject({
      tree: diff.tree,
      sync: { packetsNotLogged: [b], packetsCommitted: [b.zxid], lastQueued: b.zxid },
    });
  });

  test('before the snapshot of SNAP and TRUNC it goes to memory at once', () => {
    expect(informInSync(trunc.sync, trunc.tree, b, learnerRules)).toMatchObject({
      tree: treeOf([a, b]),
      sync: { packetsNotLogged: [], packetsCommitted: [], lastQueued: b.zxid },
    });
  });

  test('a gap inside an epoch ends the loop', () => {
    const informed = informInSync(diff.sync, diff.tree, a, learnerRules);
    if ('refused' in informed) throw new Error(informed.refused);
    expect(informInSync(informed.sync, informed.tree, c, learnerRules)).toHaveProperty('refused');
  });
});

describe('the sync loop', () => {
  test('Z7: with DIFF the committed proposals are there when NEWLEADER is acked, and no snapshot is needed', () => {
    const synced = feed(diff, [
      ['PROPOSAL', b],
      ['COMMIT', b.zxid],
    ]);
    if ('refused' in synced) throw new Error(synced.refused);
    expect(synced.tree.lastProcessed).toBe(a.zxid);
    expect(takeCommitted(synced.sync).txns).toEqual([b]);
    expect(synced.sync.snapshotNeeded).toBe(false);
  });

  test('with TRUNC or SNAP a commit goes to memory at once; the snapshot will save it (Z5: forced)', () => {
    const synced = feed(trunc, [
      ['PROPOSAL', b],
      ['COMMIT', b.zxid],
      ['PROPOSAL', c],
    ]);
    expect(synced).toMatchObject({
      tree: treeOf([a, b]),
      sync: { snapshotNeeded: true, packetsNotLogged: [c] },
    });
  });

  test('Z17: a proposal alone changes neither log nor memory', () => {
    expect(feed({ ...trunc, sync: startSync('SNAP', false) }, [['PROPOSAL', b]])).toMatchObject({
      tree: trunc.tree,
    });
  });

  test('what is not committed stays pending at NEWLEADER, so that its COMMIT finds it (ZOOKEEPER-4394)', () => {
    const pending = feed(diff, [['PROPOSAL', b]]);
    if ('refused' in pending) throw new Error(pending.refused);
    const { sync, txns } = takeCommitted(pending.sync);
    expect(txns).toEqual([]);
    expect(feed({ ...pending, sync }, [['COMMIT', b.zxid]])).toMatchObject({
      sync: { packetsCommitted: [b.zxid] },
    });
    expect(feed(diff, [['COMMIT', b.zxid]])).toHaveProperty('refused');
  });

  test('before the snapshot a COMMIT of another than the first proposal is passed over, with a warning', () => {
    const pending = feed(trunc, [['PROPOSAL', b]]);
    expect(feed(pending, [['COMMIT', c.zxid]])).toEqual(pending);
  });

  test('NEWLEADER takes what is committed from the front, and passes over a COMMIT that does not match', () => {
    const sync = { ...diff.sync, packetsNotLogged: [a, b, c], packetsCommitted: [a.zxid, c.zxid, b.zxid] };
    expect(takeCommitted(sync)).toEqual({
      sync: { ...sync, packetsNotLogged: [c], packetsCommitted: [] },
      txns: [a, b],
    });
  });

  test('a gap inside an epoch ends the loop; a new epoch does not (ZOOKEEPER-4925)', () => {
    expect(
      feed(diff, [
        ['PROPOSAL', a],
        ['PROPOSAL', c],
      ]),
    ).toHaveProperty('refused');
    expect(
      feed(diff, [
        ['PROPOSAL', a],
        ['PROPOSAL', txn(2, 1)],
      ]),
    ).not.toHaveProperty('refused');
  });
});

describe('after UPTODATE', () => {
  const sync = (packetsNotLogged: readonly Txn[], ...committed: readonly Txn[]) => ({
    ...diff.sync,
    packetsNotLogged,
    packetsCommitted: committed.map(({ zxid }) => zxid),
  });

  test.each([
    ['nothing is left', sync([]), [], { toLog: [], committed: [], pendingTxns: [] }],
    ['a proposal waits for its COMMIT', sync([b]), [], { toLog: [b], committed: [], pendingTxns: [b] }],
    ['one was committed since', sync([b, c], b), [], { toLog: [b, c], committed: [b], pendingTxns: [c] }],
    ['one that is logged already', sync([], b), [b, c], { toLog: [], committed: [b], pendingTxns: [c] }],
    ['one of each', sync([c], b, c), [b], { toLog: [c], committed: [b, c], pendingTxns: [] }],
    ['a COMMIT of another one', sync([b, c], c), [], null],
    ['a COMMIT of none', sync([], b), [], null],
  ])('%s', (_, left, pendingTxns, expected) => {
    expect(afterUpToDate(left, pendingTxns, learnerRules)).toEqual(expected);
  });

  test('a COMMIT is that of the first pending proposal', () => {
    expect(commitPending(b, b.zxid)).toBe(b);
    expect(commitPending(b, c.zxid)).toBeNull();
    expect(commitPending(undefined, b.zxid)).toBeNull();
  });
});

test('Z19: a log truncated to its first entry keeps that entry alone', () => {
  expect(truncateLog([a, b, c], a.zxid)).toEqual([a]);
  expect(truncateLog([a, c], b.zxid)).toBeNull();
  expect(truncateLog([a], 0)).toEqual([]);
  expect(truncateLog([a], b.zxid)).toBeNull();
});

test('a transaction that is applied is the last one processed', () => {
  expect(processTxn(treeOf([a]), b)).toEqual({ txns: [a, b], lastProcessed: b.zxid });
});

test('fast-forward replays what the log has beyond the tree', () => {
  expect(fastForward(treeOf([a]), [a, b, c], learnerRules)).toEqual(treeOf([a, b, c]));
  expect(fastForward({ txns: [a], lastProcessed: makeZxid(2, 0) }, [a, b], learnerRules)).toEqual({
    txns: [a],
    lastProcessed: makeZxid(2, 0),
  });
});

describe('a snapshot whose name says more than its content (ZOOKEEPER-3104)', () => {
  const replayed = processTxn(treeOf([a, b, c]), b);

  test('an old transaction undoes what came after it, and the last zxid stays; the next one does both again', () => {
    expect(replayed).toEqual({ txns: [a, b], lastProcessed: c.zxid });
    expect(processTxn(replayed, c)).toEqual(treeOf([a, b, c]));
  });

  test('only a tree whose last zxid is that of a transaction it lacks makes one', () => {
    expect(misnamedSnapshotOf(replayed)).toEqual({ content: b.zxid, name: c.zxid });
    expect(misnamedSnapshotOf(treeOf([a, b]))).toBe(null);
    expect(misnamedSnapshotOf({ txns: [a], lastProcessed: makeZxid(2, 0) })).toBe(null);
  });

  test('of the log only what is beyond the name is replayed', () => {
    const misnamed = { content: b.zxid, name: c.zxid };
    const d = txn(1, 4);
    expect(restore([a, b], misnamed, learnerRules)).toEqual(replayed);
    expect(restore([a, b, c, d], misnamed, learnerRules)).toEqual(treeOf([a, b, d]));
    expect(restore([a, b, c, d], null, learnerRules)).toEqual(treeOf([a, b, c, d]));
  });
});
