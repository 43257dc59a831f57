import { defineModel, product } from '../../checker/language/index.ts';
import { type EraRules, eras } from './zab/eras.ts';
import { zabBroadcast } from './zab/implementation/broadcast.ts';
import { implementationChanges } from './zab/implementation/changes.ts';
import { implementationComponents } from './zab/implementation/components.ts';
import { ackEpoch, followerInfo, leaderEpoch, leaderInfo } from './zab/implementation/discovery.ts';
import { electLeader, followersOf, joinLeader } from './zab/implementation/election.ts';
import { implementationMutants } from './zab/implementation/mutants.ts';
import {
  allServersOf,
  groupsOf,
  ImplementationParams,
  leadersAndLearners,
  learnersAndLeaders,
  serversOf,
  verifierOf,
} from './zab/implementation/params.ts';
import { implementationRules } from './zab/implementation/rules.ts';
import { die, learns, leaveLeader, startAgain, stopLeading } from './zab/implementation/shutdown.ts';
import { startingState } from './zab/implementation/start.ts';
import { formatZxid } from './zxid.ts';

/** By message, the epoch file is written as AtomicFileOutputStream does: a temporary file, then its renaming. */
const newLeaderStepsOf = ({ era, discovery }: ImplementationParams): EraRules['newLeaderSteps'] =>
  eras[era].newLeaderSteps.flatMap((step) =>
    step === 'epoch' && discovery === 'byMessage' ? ['epochTmp', step] : [step],
  );

/**
 * Zab as ZooKeeper implements it (apache/zookeeper, server/quorum: Leader, LearnerHandler, Learner, Follower,
 * SyncRequestProcessor), with the defects that HEAD still has repaired: each is a change, named as what the source does.
 *
 * Coarser than the source: unless discovery goes by message, a quorum elects and agrees on an epoch in one step; a broken
 * connection is noticed at both ends at once, and what was under way on it is lost, which takes nothing from learners (who
 * reads from a closed connection could have read before it closed), but from leaders it does: repairWithLateAcks. Appending to
 * the log and flushing it are one step: what was appended and not flushed is lost in a crash like what still waits. Snapshot
 * and log are one history; the cache of committed transactions goes back to the beginning. Timeouts (initLimit, syncLimit)
 * are `disconnect` and `giveUp`.
 */
export const zabImplementation = defineModel('zookeeper/zab-implementation', {
  about: "ZooKeeper's Zab: threads, learner handlers, the steps of NEWLEADER, crash points, by era",
  params: ImplementationParams,
})
  .rules((p) => ({ ...implementationRules, ...eras[p.era], newLeaderSteps: newLeaderStepsOf(p) }))
  .changes(implementationChanges)
  .mutants(implementationMutants)
  .components(implementationComponents)
  .init(startingState)
  .action('elect', {
    each: (p) =>
      product(
        serversOf(p),
        groupsOf(p).map((group) => group.join(',')),
      ).filter(([l, group]) => group.split(',').includes(String(l))),
    fairness: { weak: 'elect' },
    next: (s, [l, group], p, rules) => electLeader(s, l, group.split(',').map(Number), p, rules),
    says: ([l, group], { after, params }) =>
      `{${group}} elect ${l}${params.discovery === 'byMessage' ? '' : `, and accept epoch ${after.epochs(l).value.acceptedEpoch}`}`,
  })
  .action('join', {
    each: learnersAndLeaders,
    fairness: 'weak',
    next: (s, [j, l], p, rules) => joinLeader(s, j, l, p, rules),
    says: ([j, l], { after }) => {
      const handler = after.handler(l, j).value;
      const zxid =
        handler.stage === 'registered' ? `, its last zxid is ${formatZxid(handler.peerLastZxid)}` : '';
      return `server ${j} joins leader ${l}${zxid}`;
    },
  })
  .action('followerInfo', {
    each: (p) => (p.discovery === 'byMessage' ? product(serversOf(p), allServersOf(p)) : []),
    fairness: 'weak',
    next: (s, [l, j], p, rules) => followerInfo(s, l, j, p, rules),
    says([l, j], { before, after }) {
      const decided =
        before.discovery(l).value?.proposal.waiting && !after.discovery(l).value?.proposal.waiting;
      const epoch = after.discovery(l).value?.proposal.epoch;
      const told = `${j === l ? `leader ${l} adds its own` : `server ${j} tells leader ${l} its`} accepted epoch`;
      return decided ? `${told}, and epoch ${epoch} is on the disk of ${l}` : told;
    },
  })
  .action('leaderInfo', {
    each: (p) => (p.discovery === 'byMessage' ? leadersAndLearners(p) : []),
    fairness: 'weak',
    next: (s, [l, j], _, rules) => leaderInfo(s, l, j, rules),
    says([l, j], { before, after }) {
      const left = after.peer(j).value.leader === l ? 'accepts it' : 'has accepted a later one, and leaves';
      return `server ${j} is told epoch ${before.discovery(l).value?.proposal.epoch} by leader ${l} and ${left}`;
    },
  })
  .action('ackEpoch', {
    each: (p) => (p.discovery === 'byMessage' ? product(serversOf(p), allServersOf(p)) : []),
    fairness: 'weak',
    next: (s, [l, j], p, rules) => ackEpoch(s, l, j, p, rules),
    says([l, j], { before, after }) {
      if (j === l) return `leader ${l} adds its own history to those that it knows`;
      const ahead = after.peer(j).value.leader === l ? '' : ', and is ahead of it: the connection is closed';
      return `server ${j} acks the epoch of leader ${l} with ${formatZxid(before.tree(j).value.lastProcessed)}${ahead}`;
    },
  })
  .action('leaderEpoch', {
    each: (p) => (p.discovery === 'byMessage' ? serversOf(p) : []),
    fairness: 'weak',
    next: (s, l, p, rules) => leaderEpoch(s, l, p, rules),
    says: (l, { after }) => `leader ${l} has current epoch ${after.epochs(l).value.currentEpoch} on disk`,
  })
  .include(zabBroadcast)
  .action('disconnect', {
    each: (p) => (p.disconnects > 0 ? allServersOf(p) : []),
    next(s, j, _, rules) {
      if (s.disconnectBudget.value === 0 || !learns(s.peer(j).get('state'))) return;
      return [s.disconnectBudget.set(s.disconnectBudget.value - 1), ...leaveLeader(s, j, rules)];
    },
    says: (j, { before }) => `server ${j} and its leader ${before.peer(j).value.leader} lose each other`,
  })
  .action('diskError', {
    each: (p) => (p.diskErrors > 0 ? serversOf(p) : []),
    next(s, j, _, rules) {
      if (s.diskErrorBudget.value === 0 || s.peer(j).get('state') !== 'FOLLOWING') return;
      if (s.syncQueue(j).length === 0) return;
      return [s.diskErrorBudget.set(s.diskErrorBudget.value - 1), ...leaveLeader(s, j, rules, true)];
    },
    says: (j, { before }) =>
      `server ${j} fails to write ${formatZxid(before.syncQueue(j).head?.zxid ?? 0)} to its log and leaves its leader`,
  })
  .action('giveUp', {
    each: serversOf,
    fairness: 'weak',
    next(s, l, p, rules) {
      if (s.peer(l).get('state') !== 'LEADING') return;
      const inTime = s.discovery(l).value?.acks.finished !== false; // or else initLimit may pass
      if (inTime && rules.containsQuorum(verifierOf(p), followersOf(s, l, p))) return;
      return stopLeading(s, l, p, rules);
    },
    says: (l) => `leader ${l} notices that it has no quorum and looks again`,
  })
  .action('crash', {
    each: (p) => (p.crashes > 0 ? allServersOf(p) : []),
    next(s, i, p, rules) {
      if (s.crashBudget.value === 0 || s.process(i).value === 'down') return;
      return [s.crashBudget.set(s.crashBudget.value - 1), ...die(s, i, p, rules)];
    },
    says: (i) => `server ${i} crashes`,
  })
  .action('restart', {
    each: (p) => (p.crashes > 0 ? allServersOf(p) : []),
    next: (s, i, _, rules) => startAgain(s, i, rules),
    says: (i, { after }) =>
      `server ${i} starts again, with ${formatZxid(after.tree(i).value.lastProcessed)} as its last zxid`,
  })
  .deadlock('allowed');
