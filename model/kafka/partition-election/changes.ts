import { brokerChanges } from './changes/brokers.ts';
import type { PartitionElectionChange } from './changes/change.ts';
import { controllerChanges } from './changes/controllers.ts';
import { partitionChanges } from './changes/partitions.ts';

/** The catalogue: what has been otherwise in Kafka, what is to be set otherwise, and slips that the design guards against. */
export const partitionElectionChanges: Readonly<Record<string, PartitionElectionChange>> = {
  ...controllerChanges,
  ...brokerChanges,
  ...partitionChanges,
};
