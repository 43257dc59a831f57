import { describe, expect, test } from 'vitest';
import type { Partition } from '../../../../model/kafka/replication/components.ts';
import { type Cause, decide } from '../../../../model/kafka/replication/controller.ts';
import {
  keepsAcked,
  ReplicationParams,
  toleratedLosses,
} from '../../../../model/kafka/replication/params.ts';
import {
  kafkaRules,
  type ReplicationRules,
  zooKeeperCandidates,
} from '../../../../model/kafka/replication/replication-rules.ts';

const params = (set: object = {}) => ReplicationParams.parse(set);
const zooKeeper: ReplicationRules = { ...kafkaRules, ...zooKeeperCandidates };
const partition: Partition = { leader: 0, leaderEpoch: 4, isr: [0, 1], elr: [], partitionEpoch: 7 };
const alone: Partition = { ...partition, isr: [0] };
const lost = (id: number, live: readonly number[]): Cause => ({ left: { id, lost: true }, live });
const failed = (id: number, live: readonly number[]): Cause => ({ left: { id, lost: false }, live });

describe('the controller', () => {
  test.each<[string, ReplicationRules, Partition, Cause, Partial<Partition> | undefined]>([
    [
      'elects another member when the leader fails',
      zooKeeper,
      partition,
      failed(0, [1]),
      { leader: 1, isr: [1] },
    ],
    ['takes a follower out when it fails', zooKeeper, partition, failed(1, [0]), { leader: 0, isr: [0] }],
    ['keeps the last member, without a leader', zooKeeper, alone, failed(0, [1]), { leader: null, isr: [0] }],
    ['lets it lead again, whatever it lost', zooKeeper, alone, lost(0, [0, 1]), { leader: 0, isr: [0] }],
    [
      'makes whoever leaves eligible (KIP-966)',
      kafkaRules,
      partition,
      failed(1, [0]),
      { isr: [0], elr: [1] },
    ],
    [
      'elects an eligible replica when the ISR is empty',
      kafkaRules,
      { ...alone, elr: [1] },
      failed(0, [1]),
      { leader: 1, isr: [1], elr: [0] },
    ],
    [
      'trusts nobody who came back without a clean stop',
      kafkaRules,
      alone,
      lost(0, [0]),
      { leader: null, isr: [], elr: [] },
    ],
    ['does nothing when a broker outside the ISR fails', kafkaRules, partition, failed(2, [0, 1]), undefined],
  ])('%s', (_fact, rules, before, cause, expected) => {
    const after = decide(before, cause, params({ replicas: 3 }), rules);
    if (expected === undefined) expect(after).toBeUndefined();
    else expect(after).toMatchObject({ ...expected, leaderEpoch: 5, partitionEpoch: 8 });
  });

  test('elects whoever is live when unclean elections are allowed, and then trusts nobody else', () => {
    const unclean = params({ uncleanLeaderElection: true, minInsyncReplicas: 1 });
    const after = { leader: 1, isr: [1], elr: [] };
    expect(decide(alone, failed(0, [1]), unclean, zooKeeper)).toMatchObject(after);
    expect(decide(alone, failed(0, [1]), params({ minInsyncReplicas: 1 }), zooKeeper)).toMatchObject({
      leader: null,
    });
  });
});

test.each([
  [{}, 1, true],
  [{ machineCrashes: 2 }, 1, false],
  [{ machineCrashes: 2, flushEveryRecord: true }, 1, true],
  [{ replicas: 3, minInsyncReplicas: 3, machineCrashes: 1, wipes: 1 }, 2, true],
  [{ minInsyncReplicas: 1 }, 0, false],
  [{ minInsyncReplicas: 3, replicas: 2 }, 1, true],
  [{ acks: '1', machineCrashes: 0 }, 0, false],
  [{ uncleanLeaderElection: true }, 1, false],
])('with %j an acknowledged record survives %i lost disks: promised %s', (set, losses, promised) => {
  expect([toleratedLosses(params(set)), keepsAcked(params(set))]).toEqual([losses, promised]);
});
