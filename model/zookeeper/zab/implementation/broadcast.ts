import { choose, defineModel } from '../../../../checker/language/index.ts';
import { formatZxid } from '../../zxid.ts';
import { eras } from '../eras.ts';
import { implementationComponents } from './components.ts';
import { decideSync, dropAcks, onAck, onNewLeaderAck, startForwarding, writeSnapshot } from './leader.ts';
import { onCommit, onInform, onNewLeader, onProposal, onSyncOp, onUpToDate } from './learner.ts';
import {
  allServersOf,
  BroadcastParams,
  leadersAndLearners,
  learnersAndLeaders,
  serversOf,
} from './params.ts';
import { implementationRules } from './rules.ts';
import { learns } from './shutdown.ts';
import { ackNext, applyNext, logNext, logOrphan, propose } from './threads.ts';

/**
 * What a leader and its followers do once they agree on an epoch: synchronisation and broadcast. Part of
 * zookeeper/zab-implementation, where they come together in one step, and of zookeeper/ensemble, where they are elected.
 */
export const zabBroadcast = defineModel('zookeeper/zab-broadcast', {
  about: "Synchronisation and broadcast: ZooKeeper's threads, learner handlers, the steps of NEWLEADER",
  params: BroadcastParams,
})
  .rules((p) => ({ ...implementationRules, ...eras[p.era] }))
  .components(implementationComponents)
  .action('syncFollower', {
    each: leadersAndLearners,
    fairness: 'weak',
    next(s, [l, j], p, rules) {
      const handler = s.handler(l, j).value;
      if (handler.stage !== 'registered' || s.leading(l).value === null) return;
      const decision = decideSync(s, l, handler.peerLastZxid, p, rules);
      return rules.decidesUnderLock
        ? startForwarding(s, l, j, decision, p, rules)
        : [s.handler(l, j).set({ stage: 'decided', ...decision })];
    },
    says([l, j], { after }) {
      const handler = after.handler(l, j).value;
      if (handler.stage === 'snapshot')
        return `leader ${l} decides on SNAP for server ${j} and starts forwarding`;
      const op = handler.stage === 'decided' ? handler.queued[0] : after.net(l, j).value[0];
      const zxid = op && 'zxid' in op ? ` ${formatZxid(op.zxid)}` : '';
      return `leader ${l} decides on ${op?.type}${zxid} for server ${j}${handler.stage === 'decided' ? '' : ' and starts forwarding'}`;
    },
  })
  .action('startForwarding', {
    each: (p, rules) => (rules.decidesUnderLock ? [] : leadersAndLearners(p)),
    fairness: 'weak',
    next(s, [l, j], p, rules) {
      const handler = s.handler(l, j).value;
      return handler.stage === 'decided' ? startForwarding(s, l, j, handler, p, rules) : undefined;
    },
    says: ([l, j]) => `leader ${l} starts forwarding to server ${j}`,
  })
  .action('writeSnapshot', {
    each: (p) => (p.snapshots === 'forced' ? leadersAndLearners(p) : []),
    fairness: 'weak',
    next: (s, [l, j], _, rules) => writeSnapshot(s, l, j, rules),
    says: ([l, j], { before }) =>
      `leader ${l} writes its snapshot ${formatZxid(before.tree(l).value.lastProcessed)} to server ${j}`,
  })
  .action('learnerReceives', {
    each: learnersAndLeaders,
    fairness: 'weak',
    next(s, [j, l], p, rules) {
      if (p.snapshots === 'forced' && s.handler(l, j).value.stage === 'snapshot') return;
      const packet = s.net(l, j).head;
      if (packet === undefined || s.peer(j).get('leader') !== l || !learns(s.peer(j).get('state'))) return;
      const received = s.net(l, j).receive();
      switch (packet.type) {
        case 'DIFF':
        case 'TRUNC':
        case 'SNAP':
          return [received, ...onSyncOp(s, j, packet, rules)];
        case 'PROPOSAL':
          return [received, ...onProposal(s, j, packet.txn, rules)];
        case 'COMMIT':
          return [received, ...onCommit(s, j, packet.zxid, rules)];
        case 'INFORM':
          return [received, ...onInform(s, j, packet.txn, rules)];
        case 'UPTODATE':
          return [received, ...onUpToDate(s, j, l, s.epochs(j).get('currentEpoch'), rules)];
        case 'NEWLEADER': {
          const sync = s.sync(j).value;
          if (sync === null) return [received, s.refused.set('badState')];
          const { step, made } = rules.nextNewLeaderStep(sync, s.peer(j).value, rules);
          const done = s.peer(j).patch({ newLeaderSteps: made });
          return choose({ [step]: [done, ...onNewLeader(s, j, l, packet.epoch, sync, step, rules)] });
        }
        case 'ACK':
          return [received, s.refused.set('badState')];
      }
    },
    says([j, l], { before, label }) {
      const packet = before.net(l, j).head;
      if (label !== '') return `server ${j}, on NEWLEADER of ${l}: ${label}`;
      const zxid =
        packet && 'txn' in packet ? packet.txn.zxid : packet && 'zxid' in packet ? packet.zxid : null;
      return `server ${j} receives ${packet?.type}${zxid === null ? '' : ` ${formatZxid(zxid)}`} from ${l}`;
    },
  })
  .action('leaderReceives', {
    each: leadersAndLearners,
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
  .action('oldHandler', {
    each: (p, rules) => (rules.countsLateAcks || rules.dropsAcksLate ? serversOf(p) : []),
    fairness: 'weak',
    next(s, l, p, rules) {
      const left = s.oldHandlers(l).head;
      if (left === undefined) return;
      const { from, zxid } = left;
      return [
        s.oldHandlers(l).receive(),
        ...(zxid === null ? dropAcks(s, l, from) : onAck(s, l, from, zxid, p, rules)),
      ];
    },
    says(l, { before }) {
      const { from, zxid } = before.oldHandlers(l).head ?? {};
      const does = zxid === null ? `drops the acks of ${from}` : `counts the ack of ${from}`;
      return `the handler of a closed connection ${does} at leader ${l}`;
    },
  })
  .action('upToDate', {
    each: leadersAndLearners,
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
    each: allServersOf,
    fairness: 'weak',
    next: (s, i, _, rules) => logNext(s, i, rules),
    says: (i, { before }) => `server ${i} has ${formatZxid(before.syncQueue(i).head?.zxid ?? 0)} on disk`,
  })
  .action('logOrphan', {
    each: (p, rules) => (rules.drainsOnShutdown ? [] : allServersOf(p)),
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
    each: allServersOf,
    fairness: 'weak',
    next: (s, i, p, rules) => applyNext(s, i, p, rules),
    says: (i, { before }) =>
      `server ${i} applies ${formatZxid(before.toBeApplied(i).head?.zxid ?? 0)}: clients see it`,
  })
  .within((s) => s.refused.value === null); // what happens after that is of no interest
