import { pairs, properties, type StateOf } from '../../checker/language/index.ts';
import { containsQuorum, type Sid } from '../../model/zookeeper/election/quorum-verifier.ts';
import {
  type ImplementationParams,
  serversOf,
  verifierOf,
} from '../../model/zookeeper/zab/implementation/params.ts';
import { contains, type History, isPrefix, lastZxid } from '../../model/zookeeper/zab/txn.ts';
import { describeHistory } from '../../model/zookeeper/zab/words.ts';
import { zabImplementation } from '../../model/zookeeper/zab-implementation.ts';
import { epochOf, formatZxid } from '../../model/zookeeper/zxid.ts';

type State = StateOf<typeof zabImplementation>;

/** What ZooKeeper's broadcast promises. Ghosts remember what servers forget when they crash. */
export default properties(zabImplementation)
  .always('oneLeaderPerEpoch', {
    about: 'Two servers never establish one epoch (I1)',
    source: 'DSN 2011, primary uniqueness',
    premise: (s) => s.established.value.length > 0,
    holds(s) {
      const established = s.established.value;
      const twice = established.find((a) =>
        established.some((b) => b.epoch === a.epoch && b.leader !== a.leader),
      );
      return twice === undefined || `epoch ${twice.epoch} was established by ${twice.leader} and another`;
    },
  })
  .always('deliveredIsCommitted', {
    about: 'What clients see at a server is committed, in the order of all commits (I2 to I6, I15)',
    source: 'DSN 2011, integrity, agreement and total order',
    each: serversOf,
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
    holds(s) {
      const all = s.established.value;
      const lost = all.flatMap((a) =>
        all.filter((b) => a.epoch < b.epoch && !isPrefix(a.history, b.history)).map((b) => [a, b] as const),
      )[0];
      if (lost === undefined) return true;
      return `epoch ${lost[0].epoch} began with ${describeHistory(lost[0].history)}, epoch ${lost[1].epoch} with ${describeHistory(lost[1].history)}`;
    },
  })
  .always('historiesOfOneEpoch', {
    about:
      'A follower that has acked NEWLEADER has on disk what the leader knows, as far as it has come (I10, I19)',
    source: 'EuroSys 2025, I-10 history consistency; public specification, ProcessConsistency',
    each: (p) => pairs(serversOf(p)),
    premise: (s, [l, j]) => hasAcked(s, l, j),
    holds(s, [l, j]) {
      const [leaders, own] = [knownTo(s, l), s.log(j).value];
      if (isPrefix(own, leaders) || isPrefix(leaders, own)) return true;
      return `leader ${l} has ${describeHistory(leaders)}, follower ${j} ${describeHistory(own)}`;
    },
  })
  .always('committedOnQuorum', {
    about: 'All that was ever committed is on the disks of a quorum (I16)',
    source: 'the promise behind every acknowledged write',
    premise: (s) => s.committed.value.length > 0,
    holds(s, _, p) {
      const committed = s.committed.value;
      const holders = serversOf(p).filter((i) => isPrefix(committed, s.log(i).value));
      if (holders.length * 2 > p.servers) return true;
      return `${describeHistory(committed)} is committed, and on the disks of {${holders.join(', ')}} only`;
    },
  })
  .always('leaderCompleteness', {
    about:
      'An epoch begins with all that was committed in the epochs before it: no acknowledged write is lost (I17, I25)',
    source: 'public specification, leaderLogCompleteness',
    premise: (s) => s.committed.value.length > 0 && s.established.value.length > 1,
    holds(s) {
      const last = s.established.value.reduce((a, b) => (b.epoch > a.epoch ? b : a));
      const committed = s.committed.value.filter((txn) => epochOf(txn.zxid) < last.epoch);
      if (isPrefix(committed, last.history)) return true;
      return `${describeHistory(committed)} was committed, epoch ${last.epoch} began with ${describeHistory(last.history)}`;
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
    each: serversOf,
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
    each: serversOf,
    premise: (s, i) => s.log(i).value.length > 0,
    holds(s, i) {
      const log = s.log(i).value;
      const bad = log.some((txn, at) => {
        const before = log[at - 1]?.zxid ?? 0;
        return txn.zxid !== before + 1 && epochOf(txn.zxid) <= epochOf(before);
      });
      return !bad || `server ${i} has ${describeHistory(log)}`;
    },
  })
  .always('canStartAgain', {
    about: 'The epoch files of a server that is down let it start again (I22)',
    source: 'QuorumPeer.loadDataBase; ZOOKEEPER-2307',
    each: serversOf,
    premise: (s, i) => s.process(i).value === 'down',
    holds(s, i, _, rules) {
      const refusal = rules.refusesToStart(s.epochs(i).value, lastZxid(s.log(i).value));
      return refusal === null || `server ${i} cannot start: ${refusal}`;
    },
  })
  .always('acksAreTrue', {
    about: 'Who is counted for a proposal has it on disk now, or has gone to a later epoch (I24)',
    source: 'what a quorum of acks stands for',
    each: serversOf,
    premise: (s, l) => (s.leading(l).value?.outstandingProposals ?? []).some(({ acks }) => acks.length > 0),
    holds(s, l) {
      const leading = s.leading(l).value;
      for (const { txn, acks } of leading?.outstandingProposals ?? []) {
        const liar = acks.find(
          (i) => !contains(s.log(i).value, txn) && s.epochs(i).get('currentEpoch') === leading?.epoch,
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
  })
  .reachable('appliedEverywhere', {
    about: 'A transaction of this run is seen by clients of every server',
    applies: (p) => p.transactions > 0,
    when: (s, p) => serversOf(p).every((i) => s.delivered(i).value.some((txn) => txn.value > 0)),
  })
  .reachable('truncated', {
    about: 'A follower is told to truncate its log',
    applies: (p) => p.servers > 2 && p.transactions > 0 && p.disconnects > 0 && p.start !== 'fresh',
    when: (s, p) => serversOf(p).some((i) => s.sync(i).value?.mode === 'TRUNC'),
  })
  .reachable('nextEpochServes', {
    about: 'A new epoch is established after the first',
    applies: (p) => p.epochs > 1 && p.crashes > 0,
    when: (s) => s.established.value.length > 1,
  })
  .temporal('leaderServes', {
    about: 'Who is elected serves sooner or later, or leads no longer (ZL1)',
    source: 'Leader.lead: it waits for a quorum of acks of NEWLEADER, and gives up where there is none',
    applies: isAboutLiveness,
    each: serversOf,
    from: (s, l) => s.peer(l).get('state') === 'LEADING',
    leadsTo: (s, l) => s.peer(l).get('state') !== 'LEADING' || s.peer(l).get('phase') === 'broadcast',
  })
  .temporal('proposalsEnd', {
    about: 'What a leader has proposed is committed sooner or later, or it leads no longer (ZL2)',
    source: 'DSN 2011, liveness; Leader.processAck',
    applies: (p) => isAboutLiveness(p) && p.transactions > 0,
    each: serversOf,
    from: (s, l) => (s.leading(l).value?.outstandingProposals.length ?? 0) > 0,
    leadsTo: (s, l) => (s.leading(l).value?.outstandingProposals.length ?? 0) === 0,
  })
  .temporal('learnersServe', {
    about: 'Who follows a leader serves sooner or later, or follows it no longer (ZL3)',
    source: 'Learner.syncWithLeader ends with UPTODATE',
    applies: isAboutLiveness,
    each: serversOf,
    from: (s, j) => s.peer(j).get('state') === 'FOLLOWING',
    leadsTo: (s, j) => s.peer(j).get('state') !== 'FOLLOWING' || s.peer(j).get('phase') === 'broadcast',
  })
  .temporal('someLeaderServes', {
    about:
      'Once faults have stopped and a quorum is up, one leads and serves, a quorum with it, and so it stays (ZL4)',
    source: 'what an ensemble is for',
    applies: isAboutLiveness,
    eventuallyAlways: (s, _, p) =>
      serversOf(p).some((l) => s.peer(l).get('state') === 'LEADING' && servesWithQuorum(s, l, p)),
  });

/** A minority may be down for good; each fault may cost an epoch, and where those run out nobody can be elected. */
function isAboutLiveness(p: ImplementationParams): boolean {
  const faults = p.crashes + p.disconnects + p.diskErrors;
  return p.crashes * 2 < p.servers && p.epochs > faults && p.maxCounter > p.transactions + 2;
}

const servesWithQuorum = (s: State, l: Sid, p: ImplementationParams): boolean =>
  containsQuorum(
    verifierOf(p),
    serversOf(p).filter(
      (i) => s.peer(i).get('phase') === 'broadcast' && (i === l || s.handler(l, i).value.stage === 'serving'),
    ),
  );

/** What the first packet of a sync tells the learner to truncate to. */
function truncationOf(after: State, instance: unknown) {
  const [l = 0, learner = 0] = Array.isArray(instance) ? instance.map(Number) : [];
  const first = after.net(l, learner).value.find(({ type }) => type === 'TRUNC');
  return first?.type === 'TRUNC' ? { learner, zxid: first.zxid } : undefined;
}

const hasAcked = (s: State, l: Sid, j: Sid): boolean =>
  l !== j && ['acked', 'serving'].includes(s.handler(l, j).value.stage);

/** All that a leader has applied, committed or proposed. */
function knownTo(s: State, l: Sid): History {
  const outstanding = s.leading(l).value?.outstandingProposals.map(({ txn }) => txn) ?? [];
  return [...s.tree(l).get('txns'), ...s.toBeApplied(l).value, ...outstanding];
}
