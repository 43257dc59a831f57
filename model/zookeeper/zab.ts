import { defineModel, pairs } from '../../checker/language/index.ts';
import { protocolChanges } from './zab/protocol/changes.ts';
import { append, zabComponents } from './zab/protocol/components.ts';
import {
  leave,
  onCommit,
  onNewEpoch,
  onNewLeader,
  onPropose,
  stopLeading,
} from './zab/protocol/following.ts';
import { commitUpTo, newLeader, onAckEpoch, onAckLeader, onCepoch, with_ } from './zab/protocol/leading.ts';
import { protocolMutants } from './zab/protocol/mutants.ts';
import { serversOf, verifierOf, ZabParams } from './zab/protocol/params.ts';
import { protocolRules } from './zab/protocol/rules.ts';
import { lastZxid } from './zab/txn.ts';
import { formatZxid } from './zxid.ts';

/**
 * Zab as a protocol (Junqueira, Reed, Serafini, DSN 2011) with the repairs of the public specification
 * (apache/zookeeper, zookeeper-specifications/protocol-spec): discovery, synchronisation, broadcast, recovery. Histories
 * travel whole. The election is an oracle that promises nothing: anybody may be named, and anybody who leads may be followed.
 * How ZooKeeper does it is in zab-implementation.
 *
 * Unlike there, a leader that has lost its quorum notices when it notices: a stale one stays for a while. So a follower must
 * not ack one epoch twice (Learner.registerWithLeader), which the public specification lets it do.
 */
export const zab = defineModel('zookeeper/zab', {
  about: 'Zab, atomic broadcast: a leader agrees on an epoch and a history with a quorum, then broadcasts',
  params: ZabParams,
})
  .rules({ ...protocolRules })
  .changes(protocolChanges)
  .mutants(protocolMutants)
  .components(zabComponents)
  .init((p) => ({
    role: { state: 'LOOKING', phase: 'election', leader: 0, delivered: 0, halfWritten: false },
    disk: { acceptedEpoch: 0, currentEpoch: 0, history: [] },
    leader: null,
    transactionBudget: p.transactions,
    electionBudget: p.elections,
    timeoutBudget: p.timeouts,
    restartBudget: p.restarts,
    sent: [],
    delivered: [],
    established: [],
    committed: [],
    refused: null,
  }))
  .action('elect', {
    each: serversOf,
    next(s, l, p, rules) {
      if (s.electionBudget.value === 0 || s.role(l).get('state') !== 'LOOKING') return;
      return [
        s.electionBudget.set(s.electionBudget.value - 1),
        s.role(l).patch({ state: 'LEADING', phase: 'discovery', leader: l }),
        s.leader(l).set(newLeader(s, l, p, rules)),
      ];
    },
    says: (l) => `server ${l} is elected`,
  })
  .action('follow', {
    each: (p) => pairs(serversOf(p)),
    fairness: 'weak',
    next(s, [j, l]) {
      if (s.role(j).get('state') !== 'LOOKING') return;
      const leader = s.leader(l).value;
      if (leader === null) return;
      return [
        s.role(j).patch({ state: 'FOLLOWING', phase: 'discovery', leader: l }),
        s.leader(l).patch({ learners: with_(leader.learners, j) }),
        s.net(j, l).send({ type: 'CEPOCH', epoch: s.disk(j).get('acceptedEpoch') }),
      ];
    },
    says: ([j, l]) => `server ${j} follows ${l} and tells which epoch it has accepted`,
  })
  .action('leaderReceives', {
    each: (p) => pairs(serversOf(p)),
    fairness: 'weak',
    next(s, [l, from], p, rules) {
      const message = s.net(from, l).head;
      if (message === undefined) return;
      const leader = s.leader(l).value;
      const received = s.net(from, l).receive();
      if (leader === null) return;
      switch (message.type) {
        case 'CEPOCH':
          return [received, ...onCepoch(s, l, from, message.epoch, leader, p, rules)];
        case 'ACKEPOCH': {
          const ack = { sid: from, currentEpoch: Math.max(message.epoch, 0), history: message.history };
          return [received, ...onAckEpoch(s, l, ack, message.epoch !== -1, leader, p, rules)];
        }
        case 'ACKLD':
          return [received, ...onAckLeader(s, l, from, message.zxid, leader, p, rules)];
        case 'ACK': {
          const known = leader.outstandingProposals.some(({ txn }) => txn.zxid === message.zxid);
          if (!known && message.zxid > leader.lastCommitted) return [received, s.refused.set('badAck')];
          const { leader: after, updates } = commitUpTo(s, l, from, [message.zxid], leader, p, rules);
          return [received, ...updates, s.leader(l).set(after)];
        }
        default:
          return;
      }
    },
    says: ([l, from], { before }) => `leader ${l} receives ${before.net(from, l).head?.type} from ${from}`,
  })
  .action('followerReceives', {
    each: (p) => pairs(serversOf(p)),
    fairness: 'weak',
    next(s, [j, l], p, rules) {
      const message = s.net(l, j).head;
      if (message === undefined) return;
      if (s.role(j).get('leader') !== l || s.role(j).get('state') !== 'FOLLOWING') return;
      const received = s.net(l, j).receive();
      const phase = s.role(j).get('phase');
      switch (message.type) {
        case 'NEWEPOCH': {
          if (phase !== 'discovery') return [received, s.refused.set('badState')];
          const updates = onNewEpoch(s, j, l, message.epoch, rules);
          return updates === 'leave' ? leave(s, j) : [received, ...updates];
        }
        case 'NEWLEADER': {
          if (phase !== 'synchronization') return [received, s.refused.set('badState')];
          const updates = onNewLeader(s, j, l, message, p, rules);
          return updates === 'leave' ? leave(s, j) : updates;
        }
        case 'PROPOSE':
          return [received, ...onPropose(s, j, l, message.txn, rules)];
        case 'COMMITLD':
          return [received, ...onCommit(s, j, message.zxid, false, rules)];
        case 'COMMIT':
          return [received, ...onCommit(s, j, message.zxid, true, rules)];
        default:
          return;
      }
    },
    says([j, l], { before, after }) {
      const message = before.net(l, j).head;
      const said = message?.type === 'PROPOSE' ? ` ${formatZxid(message.txn.zxid)}` : '';
      const left = after.role(j).value.state === 'LOOKING' ? ' and leaves it' : '';
      const half = after.role(j).value.halfWritten ? ' and writes the first half of it' : '';
      return `server ${j} receives ${message?.type}${said} from ${l}${left}${half}`;
    },
  })
  .action('request', {
    each: serversOf,
    next(s, l, p, rules) {
      if (s.transactionBudget.value === 0 || s.role(l).get('phase') !== 'broadcast') return;
      const leader = s.leader(l).value;
      if (leader === null) return;
      const { history, currentEpoch } = s.disk(l).value;
      const last = Math.max(lastZxid(history), rules.zxidOfNewEpoch(currentEpoch));
      const zxid = rules.nextZxid(last);
      if (zxid === null) return stopLeading(s, l, p);
      const txn = { zxid, value: p.transactions - s.transactionBudget.value + 1 };
      return [
        s.transactionBudget.set(s.transactionBudget.value - 1),
        s.disk(l).patch({ history: [...history, txn] }),
        s.leader(l).patch({
          outstandingProposals: [...leader.outstandingProposals, { txn, acks: [l] }],
          unsent: [...leader.unsent, txn],
        }),
        s.sent.apply(append, { primary: l, txn, delivered: history.slice(0, s.role(l).get('delivered')) }),
      ];
    },
    says: (l, { after }) =>
      `leader ${l} logs a request as ${formatZxid(lastZxid(after.disk(l).value.history))}`,
  })
  .action('propose', {
    each: serversOf,
    fairness: 'weak',
    next(s, l, _, rules) {
      const leader = s.leader(l).value;
      const txn = leader?.unsent[0];
      if (leader === null || txn === undefined) return;
      return [
        s.leader(l).patch({ unsent: leader.unsent.slice(1) }),
        ...rules.proposeTo(leader).map((j) => s.net(l, j).send({ type: 'PROPOSE', txn })),
      ];
    },
    says: (l) => `leader ${l} proposes it to its learners`,
  })
  .action('timeout', {
    each: (p) => (p.timeouts > 0 ? serversOf(p) : []),
    next(s, j) {
      if (s.timeoutBudget.value === 0 || s.role(j).get('state') !== 'FOLLOWING') return;
      return [s.timeoutBudget.set(s.timeoutBudget.value - 1), ...leave(s, j)];
    },
    says: (j, { before }) => `server ${j} and its leader ${before.role(j).value.leader} lose each other`,
  })
  .action('stepDown', {
    each: serversOf,
    next(s, l, p, rules) {
      const leader = s.leader(l).value;
      if (leader === null) return;
      if (rules.containsQuorum(verifierOf(p), with_(leader.learners, l))) return;
      return stopLeading(s, l, p);
    },
    says: (l) => `leader ${l} notices that it has no quorum and steps down`,
  })
  .action('restart', {
    each: (p) => (p.restarts > 0 ? serversOf(p) : []),
    next(s, i, p, rules) {
      if (s.restartBudget.value === 0) return;
      const { acceptedEpoch, currentEpoch } = s.disk(i).value;
      const left = s.role(i).get('state') === 'LEADING' ? stopLeading(s, i, p) : leave(s, i);
      return [
        s.restartBudget.set(s.restartBudget.value - 1),
        ...left,
        s.role(i).patch({ delivered: 0 }),
        s.disk(i).patch({ acceptedEpoch: rules.acceptedEpochAfterRestart(acceptedEpoch, currentEpoch) }),
      ];
    },
    says: (i) => `server ${i} crashes and starts again`,
  })
  .within((s) => s.refused.value === null) // what happens after that is of no interest
  .deadlock('allowed');
