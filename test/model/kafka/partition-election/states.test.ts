import { describe, expect, test } from 'vitest';
import {
  initialPartitionState,
  isValidPartitionTransition,
  partitionStates,
} from '../../../../model/kafka/partition-election/partition-states.ts';
import {
  initialReplicaState,
  isValidReplicaTransition,
  replicaStates,
  requestToReplica,
} from '../../../../model/kafka/partition-election/replica-states.ts';

// Facts of Kafka's PartitionStateMachineTest and ReplicaStateMachineTest.

describe('partitions', () => {
  test('P1, P3, P7, P11: the valid transitions, and no other', () => {
    const valid = partitionStates.flatMap((from) =>
      partitionStates.filter((to) => isValidPartitionTransition(from, to)).map((to) => `${from} -> ${to}`),
    );
    expect(valid.sort()).toEqual([
      'New -> Offline',
      'New -> Online',
      'NonExistent -> New',
      'Offline -> NonExistent',
      'Offline -> Offline',
      'Offline -> Online',
      'Online -> Offline',
      'Online -> Online',
    ]);
  });

  test.each([
    ['without a state znode is new', undefined, 'New'],
    ['with a live leader is online', { leader: 1 }, 'Online'],
    ['with a dead leader is offline', { leader: 2 }, 'Offline'],
    ['without a leader is offline', { leader: null }, 'Offline'],
  ])('at failover a partition %s', (_case, leadership, state) => {
    expect(initialPartitionState(leadership, [1])).toBe(state);
  });
});

describe('replicas', () => {
  const previous: Readonly<Record<string, readonly string[]>> = {
    New: ['NonExistent'],
    Online: ['New', 'Online', 'Offline', 'DeletionIneligible'],
    Offline: ['New', 'Online', 'Offline', 'DeletionIneligible'],
    DeletionStarted: ['Offline'],
    DeletionSuccessful: ['DeletionStarted'],
    DeletionIneligible: ['Offline', 'DeletionStarted'],
    NonExistent: ['DeletionSuccessful'],
  };

  test.each(replicaStates)('what becomes %s', (to) => {
    const from = replicaStates.filter((state) => isValidReplicaTransition(state, to));
    expect([...from].sort()).toEqual([...(previous[to] ?? [])].sort());
  });

  test('R1: at failover a registered one is online, another goes offline by way of DeletionIneligible', () => {
    expect([initialReplicaState(true), initialReplicaState(false)]).toEqual(['Online', 'DeletionIneligible']);
    expect(isValidReplicaTransition('DeletionIneligible', 'Offline')).toBe(true);
  });

  test.each([
    ['R3 goes offline without leadership', 'New', 'Offline', false, { kind: 'StopReplica', delete: false }],
    ['R5 is online again', 'Online', 'Online', true, { kind: 'LeaderAndIsr', isNew: false }],
    ['starts', 'NonExistent', 'New', true, { kind: 'LeaderAndIsr', isNew: true }],
    ['starts, of a partition without a leader yet', 'NonExistent', 'New', false, undefined],
    ['is no longer new', 'New', 'Online', true, undefined],
    ['is deleted', 'Offline', 'DeletionStarted', true, { kind: 'StopReplica', delete: true }],
    ['is gone', 'DeletionSuccessful', 'NonExistent', true, undefined],
  ] as const)('what a replica is sent that %s', (_fact, from, to, leadership, request) => {
    expect(requestToReplica(from, to, leadership)).toEqual(request);
  });
});
