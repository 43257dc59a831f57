import { defineModel } from '../../checker/language/index.ts';
import { assignmentOf } from './partition-election/assignment.ts';
import { brokerActions } from './partition-election/broker-actions.ts';
import { partitionElectionChanges } from './partition-election/changes.ts';
import { partitionElectionComponents, type Replica, unaware } from './partition-election/components.ts';
import { controllerActions } from './partition-election/controller-actions.ts';
import { controllerEvents } from './partition-election/controller-events.ts';
import { nobody, unknownPartition } from './partition-election/controller-view.ts';
import { leaderActions } from './partition-election/leader-actions.ts';
import {
  assignedReplicas,
  brokersOf,
  isCreatedLater,
  PartitionElectionParams,
  partitionsOf,
} from './partition-election/params.ts';
import {
  partitionElectionMutants,
  partitionElectionRules,
} from './partition-election/partition-election-rules.ts';

/** A partition as it is at first: its preferred leader leads, everybody is in the ISR. */
const firstNode = (p: PartitionElectionParams, partition: number) => {
  const isr = [...assignedReplicas(p, partition)].sort((a, b) => a - b);
  const leader = assignedReplicas(p, partition)[0] ?? null;
  return { leader, leaderEpoch: 0, isr, partitionEpoch: 0, controllerEpoch: 1 };
};

/** What a broker knows of it. */
function firstReplica(p: PartitionElectionParams, id: number, partition: number): Replica {
  const replicas = assignedReplicas(p, partition);
  if (isCreatedLater(p, partition) || !replicas.includes(id)) return unaware;
  const { leader, isr } = firstNode(p, partition);
  const known = { ...unaware, leader, leaderEpoch: 0 };
  return leader === id ? { ...known, isr, replicas } : { ...known, fetching: true };
}

/**
 * One or two partitions as the controller and their leaders change them: elections, ISR, reassignment, brokers that come and go, a second
 * controller that takes over while the first one still works (KafkaController, PartitionStateMachine, ReplicaStateMachine). No logs.
 *
 * A controller handles an event in steps: it reads the znode, decides, and writes it if its version is still the same, so that leaders may
 * change it in between. What it knows is a cache; what it sends arrives later, at each broker in order.
 */
export const partitionElection = defineModel('kafka/partition-election', {
  about: 'Leaders and ISRs of partitions as a controller with ZooKeeper and their leaders change them',
  params: PartitionElectionParams,
})
  .rules({ ...partitionElectionRules })
  .changes(partitionElectionChanges)
  .mutants(partitionElectionMutants)
  .components(partitionElectionComponents)
  .init((p) => {
    const created = (partition: number) => !isCreatedLater(p, partition);
    const cached = (partition: number) => {
      const replicas = assignedReplicas(p, partition);
      const states = [...replicas].sort((a, b) => a - b).map((id) => ({ id, state: 'Online' as const }));
      return {
        state: 'Online' as const,
        leadership: firstNode(p, partition),
        assignment: assignmentOf(replicas),
        replicas: states,
      };
    };
    const registrations = brokersOf(p).map((id) => ({ id, brokerEpoch: 0 }));
    return {
      controllerEpoch: 1,
      brokerNode: 0,
      assignmentNode: (partition) =>
        created(partition) ? assignmentOf(assignedReplicas(p, partition)) : null,
      partitionNode: (partition) => (created(partition) ? firstNode(p, partition) : null),
      isrChange: false,
      unclean: p.uncleanLeaderElection,
      controller: (epoch) => (epoch === 1 ? { ...nobody, phase: 'active', registrations } : nobody),
      cached: (epoch, partition) =>
        epoch === 1 && created(partition) ? cached(partition) : unknownPartition,
      broker: {
        process: 'up',
        brokerEpoch: 0,
        controllerEpoch: 1,
        attempts: 0,
        alive: p.updateMetadata ? brokersOf(p) : [],
      },
      replica: (id, partition) => firstReplica(p, id, partition),
      budget: (kind) => p[kind],
    };
  })
  .action('createPartition', {
    each: (p) => partitionsOf(p).filter((partition) => isCreatedLater(p, partition)),
    next(s, partition, p) {
      if (s.assignmentNode(partition).value !== null) return;
      return [s.assignmentNode(partition).set(assignmentOf(assignedReplicas(p, partition)))];
    },
    says: (partition, { params }) =>
      `an administrator creates partition ${partition} on ${assignedReplicas(params, partition).join(', ')}`,
  })
  .include(controllerActions)
  .include(controllerEvents)
  .include(leaderActions)
  .include(brokerActions)
  .deadlock('allowed');
