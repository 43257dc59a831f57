import type { MutantsOf } from '../../../checker/language/index.ts';
import { without } from '../replication/isr.ts';
import type { PartitionNode } from './components.ts';
import type { PartitionElectionParams } from './params.ts';

/** ReplicaStateMachine.doRemoveReplicasFromIsr: the last member of the ISR stays in it (until KIP-966). */
export const isrAfterRemoval = (isr: readonly number[], id: number): readonly number[] =>
  isr.length === 1 ? isr : without(isr, [id]);

interface Led {
  readonly leader: number | null;
  readonly leaderEpoch: number;
  readonly isr: readonly number[];
}

/** What becomes of a partition when a replica goes offline; undefined when it is not in the ISR, and nothing is written. */
export function removeReplica<P extends Led>(partition: P, id: number): P | undefined {
  if (!partition.isr.includes(id)) return;
  const leader = partition.leader === id ? null : partition.leader;
  const isr = isrAfterRemoval(partition.isr, id);
  return { ...partition, leader, isr, leaderEpoch: partition.leaderEpoch + 1 };
}

export const removeReplicaMutants: MutantsOf<
  (partition: PartitionNode, id: number) => PartitionNode | undefined,
  PartitionElectionParams
> = {
  deadLeaderStays: {
    about: 'A leader that goes offline leaves the ISR and leads on',
    rule: (partition, id) => {
      const removed = removeReplica(partition, id);
      return removed && { ...removed, leader: partition.leader };
    },
    at: { brokers: 2, shrinks: 0 },
  },
  lastMemberLeaves: {
    about: 'The last member leaves the ISR',
    rule: (partition, id) => {
      const removed = removeReplica(partition, id);
      return removed && { ...removed, isr: without(partition.isr, [id]) };
    },
    at: { brokers: 1, shrinks: 0, failovers: 0 },
  },
};
