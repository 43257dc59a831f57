import { defineModel } from '../../checker/language/index.ts';
import { spend, spent } from './budgets.ts';
import { becomeLeaderOrFollower, moveLeader } from './replication/broker-actions.ts';
import { replicationChanges } from './replication/changes.ts';
import { idle, replicationComponents, unknownEnd } from './replication/components.ts';
import { checkAlterPartition } from './replication/controller.ts';
import { dataPath } from './replication/data-path.ts';
import { faults } from './replication/faults.ts';
import { nextRequest } from './replication/follower.ts';
import { handleAlterAnswer } from './replication/leader.ts';
import { brokersOf, minIsrOf, ReplicationParams } from './replication/params.ts';
import { kafkaRules } from './replication/replication-rules.ts';
import { braces, describeRole } from './replication/words.ts';

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
  .include(dataPath)
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
