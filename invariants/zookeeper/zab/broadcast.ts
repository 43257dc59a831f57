import { pairs, properties, type StateOf } from '../../../checker/language/index.ts';
import type { Sid } from '../../../model/zookeeper/election/quorum-verifier.ts';
import { zabBroadcast } from '../../../model/zookeeper/zab/implementation/broadcast.ts';
import {
  allServersOf,
  type BroadcastParams,
  leadersAndLearners,
  observersOf,
  serversOf,
  verifierOf,
} from '../../../model/zookeeper/zab/implementation/params.ts';
import { epochsAtStart } from '../../../model/zookeeper/zab/implementation/shutdown.ts';
import { contains, type History, isPrefix } from '../../../model/zookeeper/zab/txn.ts';
import { describeHistory } from '../../../model/zookeeper/zab/words.ts';
import { formatZxid } from '../../../model/zookeeper/zxid.ts';
import {
  beginsWithCommitted,
  establishedOnce,
  heldByQuorum,
  initialHistoriesGrow,
  isGapFree,
  latest,
} from './histories.ts';

type State = StateOf<typeof zabBroadcast>;

/**
 * What ZooKeeper's broadcast promises, whether its leader is elected in one step (zookeeper/zab-implementation) or by
 * FastLeaderElection (zookeeper/ensemble). Ghosts remember what servers forget when they crash.
 */
export const broadcastPromises = properties(zabBroadcast)
  .always('oneLeaderPerEpoch', {
    about: 'Two servers never establish one epoch (I1)',
    source: 'DSN 2011, primary uniqueness',
    premise: (s) => s.established.value.length > 0,
    holds: (s) => establishedOnce(s.established.value),
  })
  .always('deliveredIsCommitted', {
    about: 'What clients see at a server is committed, in the order of all commits (I2 to I6, I15)',
    source: 'DSN 2011, integrity, agreement and total order',
    each: allServersOf,
    premise: (s, i) => s.delivered(i).value.length > 0,
    holds(s, i) {
      const [delivered, committed] = [s.delivered(i).value, s.committed.value];
      if (isPrefix(delivered, committed)) return true;
      return `clients of server ${i} saw ${describeHistory(delivered)}, committed is ${describeHistory(committed)}`;
    },
  })
  .always('initialHistories', {
    about: 'The history that an epoch begins with begins with that of every epoch before it (I8)',
    source: 'EuroSys 2025, I-8 initial history integrity',
    premise: (s) => s.established.value.length > 1,
    holds: (s) => initialHistoriesGrow(s.established.value),
  })
  .always('historiesOfOneEpoch', {
    about:
      'A follower that has acked NEWLEADER has on disk what the leader knows, as far as it has come (I10, I19)',
    source: 'EuroSys 2025, I-10 history consistency; public specification, ProcessConsistency',
    each: leadersAndLearners,
    premise: (s, [l, j]) => hasAcked(s, l, j),
    holds(s, [l, j]) {
      const [leaders, own] = [knownTo(s, l), s.log(j).value];
      if (isPrefix(own, leaders) || isPrefix(leaders, own)) return true;
      return `leader ${l} has ${describeHistory(leaders)}, follower ${j} ${describeHistory(own)}`;
    },
  })
  .always('initialHistoryLearned', {
    about:
      'Who has acked NEWLEADER has on disk the history that the epoch began with; who serves has it in memory',
    source: 'DSN 2011, synchronisation; EuroSys 2025, I-9 and I-11; ZOOKEEPER-3023, ZOOKEEPER-4925',
    each: (p) => pairs(serversOf(p)),
    premise: (s, [l, j]) => hasAcked(s, l, j) && initialHistory(s, l) !== undefined,
    holds(s, [l, j]) {
      const initial = initialHistory(s, l) ?? [];
      const [disk, memory] = [s.log(j).value, s.tree(j).get('txns')];
      const began = `the epoch of ${l} began with ${describeHistory(initial)}`;
      if (!isPrefix(initial, disk)) return `${began}, and ${j} has ${describeHistory(disk)} on disk`;
      const serves = s.peer(j).get('phase') === 'broadcast';
      return !serves || isPrefix(initial, memory) || `${began}, and ${j} serves ${describeHistory(memory)}`;
    },
  })
  .always('ackedEpochOnDisk', {
    about: 'Who has acked NEWLEADER has the epoch of its leader on disk',
    source: 'DSN 2011, f.a; Learner.syncWithLeader: setCurrentEpoch before the ACK',
    each: leadersAndLearners,
    premise: (s, [l, j]) => hasAcked(s, l, j),
    holds(s, [l, j]) {
      const [leaders, own] = [s.leading(l).value?.epoch, s.epochs(j).get('currentEpoch')];
      return own === leaders || `leader ${l} is in epoch ${leaders}, learner ${j} in ${own}`;
    },
  })
  .always('caughtUp', {
    about:
      'A learner that serves, with nothing under way to it or in it, has all that its leader has committed',
    source: 'DSN 2011, agreement; LearnerHandler.syncFollower, Learner.syncWithLeader',
    each: leadersAndLearners,
    premise: (s, [l, j]) => s.refused.value === null && hasAcked(s, l, j) && isIdle(s, l, j),
    holds(s, [l, j]) {
      const committed = [...s.tree(l).get('txns'), ...s.toBeApplied(l).value];
      const [memory, disk] = [s.tree(j).get('txns'), s.log(j).value];
      const is = `leader ${l} has committed ${describeHistory(committed)}`;
      if (!isPrefix(committed, memory)) return `${is}, ${j} has ${describeHistory(memory)} in memory`;
      return isPrefix(committed, disk) || `${is}, ${j} has ${describeHistory(disk)} on disk`;
    },
  })
  .always('observersLogCommitted', {
    about: 'An observer has nothing on disk that is not committed',
    source: 'Leader.inform: observers hear of a transaction when it is committed',
    applies: (p) => observersOf(p).length > 0,
    each: observersOf,
    premise: (s, i) => s.log(i).value.length > 0,
    holds(s, i) {
      const log = s.log(i).value;
      return isPrefix(log, s.committed.value) || `observer ${i} has ${describeHistory(log)}`;
    },
  })
  .always('committedOnQuorum', {
    about: 'All that was ever committed is on the disks of a quorum (I16)',
    source: 'the promise behind every acknowledged write',
    premise: (s) => s.committed.value.length > 0,
    holds(s, _, p) {
      const committed = s.committed.value;
      const holders = serversOf(p).filter((i) => isPrefix(committed, s.log(i).value));
      return heldByQuorum(committed, holders, verifierOf(p));
    },
  })
  .always('leaderCompleteness', {
    about:
      'An epoch begins with all that was committed in the epochs before it: no acknowledged write is lost (I17, I25)',
    source: 'public specification, leaderLogCompleteness',
    premise: (s) => s.committed.value.length > 0 && s.established.value.length > 1,
    holds(s) {
      const last = latest(s.established.value);
      return last === undefined || beginsWithCommitted(s.committed.value, last);
    },
  })
  .step('truncationsSpareCommitted', {
    about: 'No follower is told to truncate what is committed at that time (I18)',
    source: 'public specification, CommittedLogDurability',
    on: ['syncFollower', 'startForwarding'],
    premise: (_, after, { instance }) => truncationOf(after, instance) !== undefined,
    holds(before, after, { instance }) {
      const truncation = truncationOf(after, instance);
      if (truncation === undefined) return true;
      const { learner, zxid } = truncation;
      const cut = before.log(learner).value.filter((txn) => txn.zxid > zxid);
      const lost = cut.filter((txn) => contains(before.committed.value, txn));
      if (lost.length === 0) return true;
      return `server ${learner} is told to truncate ${describeHistory(lost)}, which is committed`;
    },
  })
  .always('memoryMatchesDisk', {
    about: 'A server that looks for a leader votes with what is on its disk (I20)',
    source: 'ZOOKEEPER-2845; public specification, the older ProcessConsistency',
    each: allServersOf,
    premise: (s, i) => s.process(i).value === 'up' && s.peer(i).get('state') === 'LOOKING',
    holds(s, i) {
      const [memory, disk] = [s.tree(i).get('txns'), s.log(i).value];
      if (memory.length === disk.length && isPrefix(memory, disk)) return true;
      return `server ${i} has ${describeHistory(memory)} in memory and ${describeHistory(disk)} on disk`;
    },
  })
  .always('zxidsGapFree', {
    about: 'Zxids of a log increase, one by one within an epoch (I21)',
    source: 'Learner.enforceContinuousProposal, ZOOKEEPER-4925',
    each: allServersOf,
    premise: (s, i) => s.log(i).value.length > 0,
    holds: (s, i) => isGapFree(s.log(i).value) || `server ${i} has ${describeHistory(s.log(i).value)}`,
  })
  .always('canStartAgain', {
    about: 'The epoch files of a server that is down let it start again (I22)',
    source: 'QuorumPeer.loadDataBase; ZOOKEEPER-2307',
    each: allServersOf,
    premise: (s, i) => s.process(i).value === 'down',
    holds(s, i, _, rules) {
      const loaded = epochsAtStart(s, i, rules);
      return !('refused' in loaded) || `server ${i} cannot start: ${loaded.refused}`;
    },
  })
  .step('epochsGrow', {
    about: 'No epoch on a disk ever decreases (I23)',
    source: 'DSN 2011, f.p and f.a; QuorumPeer.setAcceptedEpoch, setCurrentEpoch',
    premise: (before, after, _, p) =>
      serversOf(p).some((i) => before.epochs(i).value !== after.epochs(i).value),
    holds(before, after, _, p) {
      for (const i of serversOf(p)) {
        const [was, is] = [before.epochs(i).value, after.epochs(i).value];
        if (is.acceptedEpoch < was.acceptedEpoch)
          return `server ${i} had accepted epoch ${was.acceptedEpoch}, and now ${is.acceptedEpoch}`;
        if (is.currentEpoch < was.currentEpoch)
          return `server ${i} was in epoch ${was.currentEpoch}, and is in ${is.currentEpoch}`;
      }
      return true;
    },
  })
  .always('acksAreTrue', {
    about: 'Who is counted for a proposal has it on disk now, or has accepted a later epoch (I24)',
    source: 'what a quorum of acks stands for',
    each: serversOf,
    premise: (s, l) => (s.leading(l).value?.outstandingProposals ?? []).some(({ acks }) => acks.length > 0),
    holds(s, l) {
      const leading = s.leading(l).value;
      for (const { txn, acks } of leading?.outstandingProposals ?? []) {
        const liar = acks.find(
          (i) => !contains(s.log(i).value, txn) && s.epochs(i).get('acceptedEpoch') === leading?.epoch,
        );
        if (liar !== undefined)
          return `leader ${l} counts server ${liar} for ${formatZxid(txn.zxid)}, which it does not have`;
      }
      return true;
    },
  })
  .always('nothingRefused', {
    about: 'No packet comes that its receiver cannot take (I11 to I14)',
    source: "the code's own assertions and exits; EuroSys 2025, I-11 to I-14",
    holds: (s) => s.refused.value === null || `${s.refused.value}: a packet that its receiver cannot take`,
  });

/** What the first packet of a sync tells the learner to truncate to. */
function truncationOf(after: State, instance: unknown) {
  const [l = 0, learner = 0] = Array.isArray(instance) ? instance.map(Number) : [];
  const first = after.net(l, learner).value.find(({ type }) => type === 'TRUNC');
  return first?.type === 'TRUNC' ? { learner, zxid: first.zxid } : undefined;
}

/** What the epoch of a leader that serves began with. */
const initialHistory = (s: State, l: Sid): History | undefined =>
  s.established.value.find(({ epoch, leader }) => leader === l && epoch === s.leading(l).value?.epoch)
    ?.history;

const hasAcked = (s: State, l: Sid, j: Sid): boolean =>
  l !== j && ['acked', 'serving'].includes(s.handler(l, j).value.stage);

/** Whether an epoch has been established while a server is down that has not accepted it. */
export const isEstablishedWithoutAll = (s: State, p: BroadcastParams): boolean =>
  serversOf(p).some(
    (i) =>
      s.process(i).value === 'down' &&
      s.established.value.some(({ epoch }) => epoch > s.epochs(i).get('acceptedEpoch')),
  );

/** Whether a learner serves, and has done all that was sent to it. */
const isIdle = (s: State, l: Sid, j: Sid): boolean =>
  s.peer(j).get('phase') === 'broadcast' &&
  [s.net(l, j), s.toBeApplied(j), s.syncQueue(j), s.orphans(j)].every(({ length }) => length === 0);

/** All that a leader has applied, committed or proposed. */
function knownTo(s: State, l: Sid): History {
  const outstanding = s.leading(l).value?.outstandingProposals.map(({ txn }) => txn) ?? [];
  return [...s.tree(l).get('txns'), ...s.toBeApplied(l).value, ...outstanding];
}
