import { defineModel, pairs } from '../../checker/language/index.ts';
import { becomeLeaderOrFollower, moveLeader } from './replication/broker-actions.ts';
import { replicationChanges } from './replication/changes.ts';
import { ack, idle, replicationComponents, spend, spent, unknownEnd } from './replication/components.ts';
import { checkAlterPartition } from './replication/controller.ts';
import { faults } from './replication/faults.ts';
import { followerOf, handleResponse, nextRequest, storeFollower } from './replication/follower.ts';
import { without } from './replication/isr.ts';
import {
  handleAlterAnswer,
  leads,
  mayProposeIsr,
  moveHighWatermark,
  proposeIsr,
  serveFetch,
} from './replication/leader.ts';
import { assignEpoch } from './replication/leader-epoch-cache.ts';
import { brokersOf, minIsrOf, ReplicationParams } from './replication/params.ts';
import { checkEnoughReplicas } from './replication/produce.ts';
import { kafkaRules } from './replication/replication-rules.ts';
import { braces, describeAnswer, describeRequest, describeRole } from './replication/words.ts';

/**
 * One partition, message by message: produce, fetch, high watermark, ISR changes and leader changes, with brokers that stop,
 * crash, lose what was not flushed, or come back with an empty disk (Partition.scala, ReplicaManager.scala).
 *
 * Shortened: a follower always has one fetch on its way; a fetch that would be refused waits; a consumer reads as soon as it
 * may; a producer learns of its record when the high watermark passes it; a decision of the controller is one step.
 */
export const replication = defineModel('kafka/replication', {
  about:
    'One partition message by message: fetch, high watermark, ISR, leader epochs, crashes and lost disks',
  params: ReplicationParams,
})
  .rules({ ...kafkaRules })
  .changes(replicationChanges)
  .components(replicationComponents)
  .init((p, rules) => {
    const isr = [...brokersOf(p)];
    const partition = { leader: 0, leaderEpoch: 0, isr, partitionEpoch: 0 };
    const epochCache = [{ epoch: 0, startOffset: 0 }];
    const follower = { log: [], epochCache: [], highWatermark: 0, truncating: false };
    const up = {
      ...idle,
      process: 'up' as const,
      brokerEpoch: 0,
      highWatermark: 0,
      leader: 0,
      leaderEpoch: 0,
    };
    return {
      broker: (id) => (id === 0 ? { ...up, isr } : up),
      log: () => [],
      epochCache: (id) => (id === 0 && rules.recordsEpochOnElection ? epochCache : []),
      followerEnd: unknownEnd,
      fetchRequest: (from, to) => (to === 0 && from !== 0 ? [nextRequest(follower, 0, 0, rules)] : []),
      fetchResponse: [],
      partition: { ...partition, elr: [] },
      registration: 'registered',
      leaderAndIsr: [],
      alterRequest: [],
      alterAnswer: [],
      nextRecord: 0,
      budget: (kind) => p[kind],
      acked: [],
      committed: [],
    };
  })
  .action('produce', {
    each: brokersOf,
    next(s, id, p, rules) {
      const record = s.nextRecord.value;
      if (record === p.records || !leads(s, id)) return;
      if (checkEnoughReplicas(p.acks, s.broker(id).get('isr'), minIsrOf(p)) !== 'ok') return;
      const [log, leaderEpoch] = [s.log(id).value, s.broker(id).get('leaderEpoch')];
      const noted = rules.recordsEpochOnElection
        ? []
        : [s.epochCache(id).set(assignEpoch(s.epochCache(id).value, leaderEpoch, log.length))];
      return [
        s.log(id).set([...log, { id: record, leaderEpoch }]),
        s.nextRecord.set(record + 1),
        ...noted,
        ...(p.acks === '1' ? [s.acked.apply(ack, [record])] : []),
      ];
    },
    says: (id, { before, params }) =>
      `leader ${id} appends record ${before.nextRecord.value}${params.acks === '1' ? ' and acknowledges it' : ''}`,
  })
  .action('fetch', {
    each: (p) => pairs(brokersOf(p)),
    fairness: 'weak',
    next(s, [id, leader], _, rules) {
      const { process, leader: followed, leaderEpoch, brokerEpoch } = s.broker(id).value;
      if (process !== 'up' || followed !== leader || s.broker(leader).get('process') !== 'up') return;
      if (s.fetchRequest(id, leader).length + s.fetchResponse(leader, id).length > 0) return;
      return [
        s.fetchRequest(id, leader).send(nextRequest(followerOf(s, id), leaderEpoch, brokerEpoch, rules)),
      ];
    },
    says: ([id, leader]) => `${id} connects to ${leader} again`,
  })
  .action('serveFetch', {
    each: (p) => pairs(brokersOf(p)),
    fairness: 'weak',
    next: (s, [id, leader], _, rules) => serveFetch(s, leader, id, rules),
    says: ([id, leader], { before, after }) =>
      `leader ${leader} answers ${describeRequest(id, before.fetchRequest(id, leader).head)}: ${describeAnswer(after.fetchResponse(leader, id).head)}`,
  })
  .action('handleFetchResponse', {
    each: (p) => pairs(brokersOf(p)),
    fairness: 'weak',
    next(s, [id, leader], _, rules) {
      const answer = s.fetchResponse(leader, id).head;
      if (answer === undefined) return;
      const next = handleResponse(followerOf(s, id), answer, rules);
      const leaderEpoch = s.broker(id).get('leaderEpoch');
      return [
        s.fetchResponse(leader, id).receive(),
        ...storeFollower(s, id, leader, next, leaderEpoch, rules),
      ];
    },
    says([id, leader], { before, after }) {
      const [had, has] = [before.log(id).value.length, after.log(id).value.length];
      const what = has < had ? `cuts its log from ${had} to ${has}` : `has ${has} records`;
      return `${id} takes the answer of ${leader}: ${what}, high watermark ${after.broker(id).get('highWatermark')}`;
    },
  })
  .action('moveHighWatermark', {
    each: brokersOf,
    fairness: 'weak',
    next: moveHighWatermark,
    says: (id, { before, after }) =>
      `leader ${id} moves its high watermark to ${after.broker(id).get('highWatermark')}; acknowledged: ${braces(without(after.acked.value, before.acked.value))}`,
  })
  .action('shrinkIsr', {
    each: (p) => pairs(brokersOf(p)),
    next(s, [id, member], p, rules) {
      if (spent(s, 'shrinks') || !mayProposeIsr(s, id)) return;
      const isr = s.broker(id).get('isr');
      if (!isr.includes(member)) return;
      const proposed = proposeIsr(s, id, without(isr, [member]), p, rules);
      return proposed && [spend(s, 'shrinks'), ...proposed];
    },
    says: ([id, member]) => `leader ${id} takes ${member} for too slow and wants it out of the ISR`,
  })
  .action('expandIsr', {
    each: (p) => pairs(brokersOf(p)),
    fairness: 'weak',
    next(s, [id, member], p, rules) {
      if (!mayProposeIsr(s, id)) return;
      const { isr, highWatermark, epochStartOffset } = s.broker(id).value;
      if (isr.includes(member)) return;
      const end = s.followerEnd(id, member).get('offset');
      if (!rules.isFollowerInSync(end, highWatermark, epochStartOffset)) return;
      if (isr.length < minIsrOf(p) && !rules.mayJoinSmallIsr(end, s.log(id).value.length)) return;
      return proposeIsr(s, id, [...isr, member], p, rules);
    },
    says: ([id, member]) => `leader ${id} finds ${member} in sync and wants it in the ISR`,
  })
  .action('alterPartition', {
    each: brokersOf,
    fairness: 'weak',
    next(s, id, p, rules) {
      const request = s.alterRequest(id).head;
      if (request === undefined) return;
      const error = checkAlterPartition(s, request, rules);
      const partition = s.partition.value;
      const isr = request.isr.map((member) => member.id);
      const answer = {
        error,
        isr,
        leaderEpoch: partition.leaderEpoch,
        partitionEpoch: partition.partitionEpoch,
      };
      const taken = s.alterRequest(id).receive();
      if (error !== 'none') return [taken, s.alterAnswer(id).send(answer)];
      const partitionEpoch = partition.partitionEpoch + 1;
      const { elr } = rules.join(partition, isr, minIsrOf(p));
      return [
        taken,
        s.partition.patch({ isr, elr, partitionEpoch }),
        s.alterAnswer(id).send({ ...answer, partitionEpoch }),
      ];
    },
    says: (id, { after }) => {
      const answer = after.alterAnswer(id).head;
      const { isr, elr } = after.partition.value;
      const done = `ISR is ${braces(isr)}${elr.length > 0 ? `, eligible ${braces(elr)}` : ''}`;
      return `the controller answers ${id}: ${answer?.error === 'none' ? done : answer?.error}`;
    },
  })
  .action('handleAlterAnswer', {
    each: brokersOf,
    fairness: 'weak',
    next: (s, id) => handleAlterAnswer(s, id),
    says: (id, { after }) => `leader ${id} hears of it: ISR ${braces(after.broker(id).get('isr'))}`,
  })
  .action('becomeLeaderOrFollower', {
    each: brokersOf,
    fairness: 'weak',
    next: becomeLeaderOrFollower,
    says: (id, { after }) => `${id} ${describeRole(id, after.broker(id).value)}`,
  })
  .action('moveLeader', {
    each: brokersOf,
    next(s, id, p) {
      const moved = spent(s, 'moves') ? undefined : moveLeader(s, id, p);
      return moved && [spend(s, 'moves'), ...moved];
    },
    says: (id, { after }) =>
      `the controller makes ${id} the leader, epoch ${after.partition.get('leaderEpoch')}`,
  })
  .include(faults)
  .deadlock('allowed');
