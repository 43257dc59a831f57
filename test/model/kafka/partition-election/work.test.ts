import { describe, expect, test } from 'vitest';
import { assignmentOf } from '../../../../model/kafka/partition-election/assignment.ts';
import type {
  CachedPartition,
  PartitionNode,
  Task,
} from '../../../../model/kafka/partition-election/components.ts';
import {
  type ControllerContext,
  moveReplica,
} from '../../../../model/kafka/partition-election/controller-context.ts';
import type { Decision } from '../../../../model/kafka/partition-election/decisions.ts';
import { partitionElectionRules as rules } from '../../../../model/kafka/partition-election/partition-election-rules.ts';
import type { Lookup } from '../../../../model/kafka/partition-election/tasks.ts';
import { proceed, writeDecision, writeFirstState } from '../../../../model/kafka/partition-election/work.ts';

// Facts of Kafka's PartitionStateMachineTest and ReplicaStateMachineTest. The controller's epoch is 50.

const node = (
  leader: number | null,
  isr: readonly number[],
  fields: Partial<PartitionNode> = {},
): PartitionNode => ({
  leader,
  leaderEpoch: 0,
  isr,
  partitionEpoch: 0,
  controllerEpoch: 50,
  ...fields,
});

const cached = (
  state: CachedPartition['state'],
  replicas: readonly number[],
  leadership: PartitionNode | null,
): CachedPartition => ({
  state,
  leadership,
  assignment: assignmentOf(replicas),
  replicas: replicas.map((id) => ({ id, state: state === 'New' ? ('New' as const) : ('Online' as const) })),
});

const contextOf = (
  live: readonly number[],
  partitions: readonly CachedPartition[],
  tasks: readonly Task[],
): ControllerContext => ({
  epoch: 50,
  registrations: live.map((id) => ({ id, brokerEpoch: 100 + id })),
  shuttingDown: [],
  partitions,
  tasks,
  sent: [],
  disconnected: [],
  shutdowns: [],
});

const lookupOf = (nodes: readonly (PartitionNode | null)[]): Lookup => ({
  node: (partition) => nodes[partition] ?? null,
  unclean: () => false,
  metadata: false,
});

const goOnline = (strategy: 'offline' | 'preferred', unclean = false): Decision => ({
  kind: 'goOnline',
  partition: 0,
  strategy,
  unclean,
  seen: null,
});

/** One decision, read and written with nothing in between; `now` is what the znode has become by then. */
function run(
  task: Decision,
  live: readonly number[],
  partition: CachedPartition,
  now = partition.leadership,
) {
  const before = lookupOf([partition.leadership]);
  const begun = proceed(contextOf(live, [partition], [task]), before, rules);
  const [waiting] = begun.tasks;
  if (waiting === undefined || !('seen' in waiting) || waiting.seen === null) return { context: begun };
  return writeDecision(waiting, waiting.seen, begun, lookupOf([now]), rules);
}

describe('a partition', () => {
  test('P5 new, whose state znode exists already: stays new, and has no leader', () => {
    const partition = cached('New', [5], null);
    const begun = proceed(
      contextOf([5], [partition], [{ kind: 'create', partition: 0 }]),
      lookupOf([null]),
      rules,
    );
    const { context, node: written } = writeFirstState(0, begun, lookupOf([node(5, [5])]), rules);
    expect([context.partitions[0], written, context.sent]).toEqual([partition, undefined, []]);
  });

  test('new: the live replicas are the ISR, the first of them leads, and they hear of it', () => {
    const begun = contextOf([6, 7], [cached('New', [5, 7, 6], null)], [{ kind: 'create', partition: 0 }]);
    const { context, node: written } = writeFirstState(0, begun, lookupOf([null]), rules);
    expect(written).toEqual(node(7, [7, 6]));
    expect(context.partitions[0]).toMatchObject({ state: 'Online', leadership: written });
    expect(context.sent.map(({ to }) => to)).toEqual([6, 7]);
  });

  test('new, without a live replica: stays new', () => {
    const begun = proceed(
      contextOf([], [cached('New', [5], null)], [{ kind: 'create', partition: 0 }]),
      lookupOf([null]),
      rules,
    );
    expect([begun.tasks, begun.partitions[0]?.state]).toEqual([[], 'New']);
  });

  test('P9 online, preferred leader 5 of [5]: the leader epoch rises all the same, and 5 hears of it', () => {
    const { context, node: written } = run(goOnline('preferred'), [5], cached('Online', [5], node(5, [5])));
    expect(written).toEqual(node(5, [5], { leaderEpoch: 1, partitionEpoch: 1 }));
    expect(context.sent).toMatchObject([
      { to: 5, request: { kind: 'LeaderAndIsr', brokerEpoch: 105, leaderEpoch: 1 } },
    ]);
  });

  test('P13 offline, forced unclean: AR [6, 5], leader 6, ISR [6], 5 is live', () => {
    const { context, node: written } = run(
      goOnline('offline', true),
      [5],
      cached('Offline', [6, 5], node(6, [6])),
    );
    expect(written).toEqual(node(5, [5], { leaderEpoch: 1, partitionEpoch: 1 }));
    expect(context.partitions[0]?.state).toBe('Online');
    expect(context.sent.map(({ to }) => to)).toEqual([5]);
  });

  test('offline, and the ISR is dead: stays offline, and nothing is written', () => {
    const { context, node: written } = run(goOnline('offline'), [5], cached('Offline', [6, 5], node(6, [6])));
    expect([context.partitions[0]?.state, written, context.sent]).toEqual(['Offline', undefined, []]);
  });

  test('P15 four of them are offline, and none when they are elected', () => {
    const nodes = [0, 1, 2, 3].map(() => node(5, [5, 6]));
    const partitions = nodes.map((leadership) => cached('Online', [5, 6], leadership));
    const died = contextOf([5, 6], partitions, [{ kind: 'brokerFailure', died: [5] }]);
    let context = proceed(died, lookupOf(nodes), rules);
    const offline = () => context.partitions.filter(({ state }) => state === 'Offline').length;
    expect(offline()).toBe(4);
    for (const partition of [0, 1, 2, 3]) {
      const [task] = context.tasks;
      if (task?.kind !== 'goOnline' || task.seen === null) throw new Error('an election was due');
      expect(task.partition).toBe(partition);
      context = writeDecision(task, task.seen, context, lookupOf(nodes), rules).context;
    }
    expect(offline()).toBe(0);
  });
});

test('R5 a replica goes from online to online: the leadership as it is, and nothing is written', () => {
  const context = contextOf([5, 6], [cached('Online', [5, 6], node(5, [5, 6], { leaderEpoch: 3 }))], []);
  expect(moveReplica(context, 0, 6, 'Online')?.sent).toMatchObject([
    { to: 6, request: { kind: 'LeaderAndIsr', leader: 5, leaderEpoch: 3, isr: [5, 6] } },
  ]);
});

test('an invalid transition is left out', () => {
  const context = contextOf([5], [cached('Online', [5], node(5, [5]))], []);
  expect(moveReplica(context, 0, 5, 'New')).toBeUndefined();
});

test('a leader writes in between: the controller decides anew, on what it reads then', () => {
  const partition = cached('Offline', [6, 5, 7], node(6, [5, 6, 7]));
  const now = node(6, [6, 7], { partitionEpoch: 1 });
  const { context, node: written } = run(goOnline('offline'), [5, 7], partition, now);
  expect(written).toBeUndefined();
  const [task] = context.tasks;
  if (task?.kind !== 'goOnline' || task.seen === null) throw new Error('it has to try again');
  const again = writeDecision(task, task.seen, context, lookupOf([now]), rules);
  expect(again.node).toEqual(node(7, [7], { leaderEpoch: 1, partitionEpoch: 2 }));
});

test('a partition that a later controller has written is left alone', () => {
  const later = node(6, [5, 6], { controllerEpoch: 51 });
  const { context, node: written } = run(goOnline('offline'), [5], cached('Offline', [6, 5], later));
  expect([written, context.tasks, context.partitions[0]?.state]).toEqual([undefined, [], 'Offline']);
});

test('a replica outside of the ISR goes offline: nothing is written, the others hear of it and it stops', () => {
  const partition = cached('Online', [5, 6], node(5, [5], { leaderEpoch: 3 }));
  const task: Task = { kind: 'replicaOffline', partition: 0, id: 6, delete: false, seen: null };
  const { sent, tasks } = proceed(
    contextOf([5, 6], [partition], [task]),
    lookupOf([partition.leadership]),
    rules,
  );
  expect(tasks).toEqual([]);
  expect(sent).toMatchObject([
    { to: 6, request: { kind: 'StopReplica', delete: false, leaderEpoch: 3 } },
    { to: 5, request: { kind: 'LeaderAndIsr', leader: 5, leaderEpoch: 3 } },
  ]);
});
