import { defineModel, pairs, product } from '../../checker/language/index.ts';
import { eras } from './zab/eras.ts';
import { implementationChanges } from './zab/implementation/changes.ts';
import { implementationComponents } from './zab/implementation/components.ts';
import { electLeader, joinLeader } from './zab/implementation/election.ts';
import { decideSync, onAck, onNewLeaderAck, startForwarding } from './zab/implementation/leader.ts';
import {
  nextNewLeaderStep,
  onCommit,
  onNewLeader,
  onProposal,
  onSyncOp,
  onUpToDate,
} from './zab/implementation/learner.ts';
import { groupsOf, ImplementationParams, serversOf, verifierOf } from './zab/implementation/params.ts';
import { implementationRules } from './zab/implementation/rules.ts';
import { die, leaveLeader, stopLeading } from './zab/implementation/shutdown.ts';
import { startingState } from './zab/implementation/start.ts';
import { ackNext, applyNext, logNext, logOrphan, propose } from './zab/implementation/threads.ts';
import { treeOf } from './zab/learner-sync.ts';
import { lastZxid } from './zab/txn.ts';
import { formatZxid } from './zxid.ts';

/**
 * Zab as ZooKeeper implements it (apache/zookeeper, server/quorum: Leader, LearnerHandler, Learner, Follower,
 * SyncRequestProcessor), with the defects that HEAD still has repaired: each is a change, named as what the source does.
 *
 * Coarser than the source: election and discovery are one step of a quorum, or of one late joiner; a broken connection is
 * noticed at both ends at once, and what was under way on it is lost, which takes nothing from learners (who
 * reads from a closed connection could have read before it closed), but from leaders it does: repairWithLateAcks. Appending to the log and flushing it are one step: what
 * was appended and not flushed is lost in a crash like what still waits. Snapshot and log are one history; the cache of
 * committed transactions goes back to the beginning. Timeouts (initLimit, syncLimit) are `disconnect` and `giveUp`.
 */
export const zabImplementation = defineModel('zookeeper/zab-implementation', {
  about: "ZooKeeper's Zab: threads, learner handlers, the steps of NEWLEADER, crash points, by era",
  params: ImplementationParams,
})
  .rules((p) => ({ ...implementationRules, ...eras[p.era] }))
  .changes(implementationChanges)
  .components(implementationComponents)
  .init(startingState)
  .action('elect', {
    each: (p) =>
      product(
        serversOf(p),
        groupsOf(p).map((group) => group.join(',')),
      ).filter(([l, group]) => group.split(',').includes(String(l))),
    next: (s, [l, group], p, rules) => electLeader(s, l, group.split(',').map(Number), p, rules),
    says: ([l, group], { after }) =>
      `{${group}} elect ${l}, and accept epoch ${after.epochs(l).value.acceptedEpoch}`,
  })
  .action('join', {
    each: (p) => pairs(serversOf(p)),
    fairness: 'weak',
    next: (s, [j, l], p, rules) => joinLeader(s, j, l, p, rules),
    says: ([j, l], { after }) => {
      const handler = after.handler(l, j).value;
      const zxid =
        handler.stage === 'registered' ? `, its last zxid is ${formatZxid(handler.peerLastZxid)}` : '';
      return `server ${j} joins leader ${l}${zxid}`;
    },
  })
  .action('syncFollower', {
    each: (p) => pairs(serversOf(p)),
    fairness: 'weak',
    next(s, [l, j], _, rules) {
      const handler = s.handler(l, j).value;
      if (handler.stage !== 'registered') return;
      const decision = decideSync(s, l, handler.peerLastZxid, rules);
      return rules.decidesUnderLock
        ? startForwarding(s, l, j, decision, rules)
        : [s.handler(l, j).set({ stage: 'decided', ...decision })];
    },
    says: ([l, j], { after }) => {
      const handler = after.handler(l, j).value;
      const op = handler.stage === 'decided' ? handler.queued[0] : after.net(l, j).value[0];
      const zxid = op && 'zxid' in op ? ` ${formatZxid(op.zxid)}` : '';
      return `leader ${l} decides on ${op?.type}${zxid} for server ${j}${handler.stage === 'decided' ? '' : ' and starts forwarding'}`;
    },
  })
  .action('startForwarding', {
    each: (p, rules) => (rules.decidesUnderLock ? [] : pairs(serversOf(p))),
    fairness: 'weak',
    next(s, [l, j], _, rules) {
      const handler = s.handler(l, j).value;
      return handler.stage === 'decided' ? startForwarding(s, l, j, handler, rules) : undefined;
    },
    says: ([l, j]) => `leader ${l} starts forwarding to server ${j}`,
  })
  .action('learnerReceives', {
    each: (p) => pairs(serversOf(p)),
    fairness: 'weak',
    next(s, [j, l], _, rules) {
      const packet = s.net(l, j).head;
      if (packet === undefined || s.peer(j).get('leader') !== l || s.peer(j).get('state') !== 'FOLLOWING')
        return;
      const received = s.net(l, j).receive();
      switch (packet.type) {
        case 'DIFF':
        case 'TRUNC':
        case 'SNAP':
          return [received, ...onSyncOp(s, j, packet, rules)];
        case 'PROPOSAL':
          return [received, ...onProposal(s, j, packet.txn, rules)];
        case 'COMMIT':
          return [received, ...onCommit(s, j, packet.zxid)];
        case 'UPTODATE':
          return [received, ...onUpToDate(s, j, l, s.epochs(j).get('currentEpoch'))];
        case 'NEWLEADER':
          return onNewLeader(s, j, l, packet.epoch, rules);
        case 'ACK':
          return [received, s.refused.set('badState')];
      }
    },
    says([j, l], { before, params }) {
      const packet = before.net(l, j).head;
      const sync = before.sync(j).value;
      if (packet?.type === 'NEWLEADER' && sync !== null) {
        const { step } = nextNewLeaderStep(sync, before.peer(j).value.newLeaderSteps, eras[params.era]);
        return `server ${j}, on NEWLEADER of ${l}: ${step}`;
      }
      const zxid =
        packet?.type === 'PROPOSAL' ? packet.txn.zxid : packet && 'zxid' in packet ? packet.zxid : null;
      return `server ${j} receives ${packet?.type}${zxid === null ? '' : ` ${formatZxid(zxid)}`} from ${l}`;
    },
  })
  .action('leaderReceives', {
    each: (p) => pairs(serversOf(p)),
    fairness: 'weak',
    next(s, [l, j], p, rules) {
      const packet = s.net(j, l).head;
      if (packet === undefined || s.peer(l).get('state') !== 'LEADING') return;
      const received = s.net(j, l).receive();
      if (packet.type !== 'ACK') return [received, s.refused.set('badState')];
      const { stage } = s.handler(l, j).value;
      if (stage === 'newLeader') return [received, ...onNewLeaderAck(s, l, j, packet.zxid, p, rules)];
      if (stage === 'serving') return [received, ...onAck(s, l, j, packet.zxid, p, rules)];
      return stage === 'acked' ? undefined : [received, s.refused.set('badState')]; // acked: the handler waits for the leader
    },
    says([l, j], { before }) {
      const packet = before.net(j, l).head;
      return `leader ${l} receives ACK ${packet?.type === 'ACK' ? formatZxid(packet.zxid) : ''} from ${j}`;
    },
  })
  .action('lateAck', {
    each: (p, rules) => (rules.countsLateAcks ? serversOf(p) : []),
    fairness: 'weak',
    next(s, l, p, rules) {
      const late = s.lateAcks(l).head;
      return late && [s.lateAcks(l).receive(), ...onAck(s, l, late.from, late.zxid, p, rules)];
    },
    says: (l, { before }) =>
      `the handler of a closed connection counts the ack of ${before.lateAcks(l).head?.from} at leader ${l}`,
  })
  .action('upToDate', {
    each: (p) => pairs(serversOf(p)),
    fairness: 'weak',
    next(s, [l, j]) {
      if (s.handler(l, j).value.stage !== 'acked' || s.peer(l).get('phase') !== 'broadcast') return;
      return [s.handler(l, j).set({ stage: 'serving' }), s.net(l, j).send({ type: 'UPTODATE' })];
    },
    says: ([l, j]) => `leader ${l} serves, and tells server ${j} that it is up to date`,
  })
  .action('request', {
    each: serversOf,
    next: (s, l, p, rules) => propose(s, l, p, rules),
    says: (l, { after }) => `leader ${l} proposes ${formatZxid(after.leading(l).value?.lastProposed ?? 0)}`,
  })
  .action('log', {
    each: serversOf,
    fairness: 'weak',
    next: (s, i, _, rules) => logNext(s, i, rules),
    says: (i, { before }) => `server ${i} has ${formatZxid(before.syncQueue(i).head?.zxid ?? 0)} on disk`,
  })
  .action('logOrphan', {
    each: (p, rules) => (rules.drainsOnShutdown ? [] : serversOf(p)),
    fairness: 'weak',
    next: (s, i) => logOrphan(s, i),
    says: (i, { before }) =>
      `server ${i} has ${formatZxid(before.orphans(i).head?.zxid ?? 0)} on disk, by the logging thread of its earlier role`,
  })
  .action('ack', {
    each: serversOf,
    fairness: 'weak',
    next: (s, i, p, rules) => ackNext(s, i, p, rules),
    says: (i, { before }) => `server ${i} acks ${formatZxid(before.toAck(i).head ?? 0)}`,
  })
  .action('apply', {
    each: serversOf,
    fairness: 'weak',
    next: (s, i, p) => applyNext(s, i, p),
    says: (i, { before }) =>
      `server ${i} applies ${formatZxid(before.toBeApplied(i).head?.zxid ?? 0)}: clients see it`,
  })
  .action('disconnect', {
    each: (p) => (p.disconnects > 0 ? serversOf(p) : []),
    next(s, j, _, rules) {
      if (s.disconnectBudget.value === 0 || s.peer(j).get('state') !== 'FOLLOWING') return;
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
    next(s, l, p, rules) {
      if (s.peer(l).get('state') !== 'LEADING') return;
      const known = serversOf(p).filter((i) => i === l || s.handler(l, i).value.stage !== 'none');
      if (rules.containsQuorum(verifierOf(p), known)) return;
      return stopLeading(s, l, p, rules);
    },
    says: (l) => `leader ${l} notices that it has no quorum and looks again`,
  })
  .action('crash', {
    each: (p) => (p.crashes > 0 ? serversOf(p) : []),
    next(s, i, p, rules) {
      if (s.crashBudget.value === 0 || s.process(i).value === 'down') return;
      return [s.crashBudget.set(s.crashBudget.value - 1), ...die(s, i, p, rules)];
    },
    says: (i) => `server ${i} crashes`,
  })
  .action('restart', {
    each: (p) => (p.crashes > 0 ? serversOf(p) : []),
    fairness: 'weak',
    next(s, i, _, rules) {
      if (s.process(i).value === 'up') return;
      if (rules.refusesToStart(s.epochs(i).value, lastZxid(s.log(i).value)) !== null) return;
      return [s.process(i).set('up'), s.tree(i).set(treeOf(s.log(i).value))];
    },
    says: (i, { after }) =>
      `server ${i} starts again, with ${formatZxid(after.tree(i).value.lastProcessed)} as its last zxid`,
  })
  .within((s) => s.refused.value === null) // what happens after that is of no interest
  .deadlock('allowed');
