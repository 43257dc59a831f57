import type { Update } from '../../../../checker/language/index.ts';
import type { Sid } from '../../election/quorum-verifier.ts';
import type { Loaded } from '../epoch-files.ts';
import { treeOf } from '../learner-sync.ts';
import { lastZxid } from '../txn.ts';
import { appendTxns, type OnDisk, type ImplementationView as View } from './components.ts';
import { allServersOf, type BroadcastParams as Params } from './params.ts';
import type { ImplementationRules as Rules } from './rules.ts';

export const learns = (state: string): boolean => state === 'FOLLOWING' || state === 'OBSERVING';

const looking = { state: 'LOOKING', phase: 'election', leader: 0, newLeaderSteps: 0 } as const;

/** The connection between a leader and a learner is gone, and with it what was under way in either direction. */
function cut(s: View, l: Sid, j: Sid, rules: Rules): readonly Update[] {
  const leading = s.leading(l).value;
  const outstandingProposals = (leading?.outstandingProposals ?? []).map((proposal) => ({
    ...proposal,
    acks: rules.acksOnDisconnect(proposal.acks, j),
  }));
  const serving = s.handler(l, j).value.stage === 'serving';
  const received = serving && rules.countsLateAcks ? s.net(j, l).value : [];
  return [
    ...received.flatMap((packet) =>
      packet.type === 'ACK' ? [s.oldHandlers(l).send({ from: j, zxid: packet.zxid })] : [],
    ),
    ...(serving && rules.dropsAcksLate ? [s.oldHandlers(l).send({ from: j, zxid: null })] : []),
    s.handler(l, j).set({ stage: 'none' }),
    s.net(l, j).clear(),
    s.net(j, l).clear(),
    ...(leading === null ? [] : [s.leading(l).set({ ...leading, outstandingProposals })]),
  ];
}

const pipelinesEmptied = (s: View, i: Sid): readonly Update[] => [
  s.toAck(i).clear(),
  s.pendingTxns(i).clear(),
  s.toBeApplied(i).clear(),
  s.oldHandlers(i).clear(),
];

/**
 * Learner.shutdown and Leader.shutdown, without the death of the process: the logging thread writes what it has, and the
 * database in memory is brought up to what the log then says, or dropped. After a failed write the queue is lost.
 */
function shutdown(s: View, i: Sid, rules: Rules, diskError = false): readonly Update[] {
  const sync = s.sync(i).value;
  const waiting = diskError ? [] : s.syncQueue(i).value;
  const queued = rules.drainsOnShutdown ? waiting : [];
  const orphaned = rules.drainsOnShutdown ? [] : waiting;
  const log = [...s.log(i).value, ...queued];
  const dropped =
    rules.retainedDatabase === 'cleared' ||
    (sync !== null && rules.dropsDatabase(sync.mode)) ||
    (diskError && rules.dropsDatabaseOnDiskError);
  const kept =
    rules.retainedDatabase === 'stale' ? s.tree(i).value : rules.fastForward(s.tree(i).value, log, rules);
  return [
    s.peer(i).set(looking),
    s.sync(i).set(null),
    s.leading(i).set(null),
    s.discovery(i).set(null),
    s.log(i).apply(appendTxns, queued),
    s.syncQueue(i).clear(),
    ...orphaned.map((txn) => s.orphans(i).send(txn)),
    ...pipelinesEmptied(s, i),
    s.tree(i).set(dropped ? rules.restore(log, s.misnamed(i).value, rules) : kept),
    ...(dropped ? [s.uncached(i).set([])] : []),
  ];
}

/** A learner loses its leader and looks for one again. */
export function leaveLeader(s: View, j: Sid, rules: Rules, diskError = false): readonly Update[] {
  return [...cut(s, s.peer(j).get('leader'), j, rules), ...shutdown(s, j, rules, diskError)];
}

/** A leader ends; its learners see their connections close. */
export function stopLeading(s: View, l: Sid, p: Params, rules: Rules): readonly Update[] {
  return [...abandoned(s, l, p, rules), ...shutdown(s, l, rules)];
}

function abandoned(s: View, l: Sid, p: Params, rules: Rules): readonly Update[] {
  const learners = allServersOf(p).filter((j) => j !== l && s.peer(j).get('leader') === l);
  return learners.flatMap((j) => leaveLeader(s, j, rules));
}

/** A process dies: what is not on disk is gone. */
export function die(s: View, i: Sid, p: Params, rules: Rules): readonly Update[] {
  const { state, leader } = s.peer(i).value;
  return [
    ...(state === 'LEADING' ? abandoned(s, i, p, rules) : []),
    ...(learns(state) ? cut(s, leader, i, rules) : []),
    s.process(i).set('down'),
    s.peer(i).set(looking),
    s.sync(i).set(null),
    s.leading(i).set(null),
    s.discovery(i).set(null),
    s.syncQueue(i).clear(),
    s.orphans(i).clear(),
    ...pipelinesEmptied(s, i),
    s.tree(i).set(treeOf([])),
    s.uncached(i).set([]),
  ];
}

/** With which epochs a server would start now, or why it would not. */
export const epochsAtStart = (s: OnDisk, i: Sid, rules: Rules): Loaded =>
  rules.loadEpochs({ ...s.epochs(i).value, currentEpochTmp: s.epochTmp(i).value }, lastZxid(s.log(i).value));

/** A process starts again, with what is on its disk, unless its epoch files forbid it. */
export function startAgain(s: View, i: Sid, rules: Rules): readonly Update[] | undefined {
  if (s.process(i).value === 'up') return;
  const epochs = s.epochs(i).value;
  const loaded = epochsAtStart(s, i, rules);
  if ('refused' in loaded) return;
  return [
    s.process(i).set('up'),
    s.tree(i).set(rules.restore(s.log(i).value, s.misnamed(i).value, rules)),
    s.epochs(i).set(loaded),
    // QuorumPeer.setCurrentEpoch writes the temporary file anew, and renames it.
    ...(loaded.currentEpoch === epochs.currentEpoch ? [] : [s.epochTmp(i).set(null)]),
  ];
}
