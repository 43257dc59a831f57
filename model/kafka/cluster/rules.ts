import { type ControllerRules, controllerRules } from '../controller/rules.ts';
import type { Registration } from '../partition-election/broker-change.ts';
import { kafkaRules, type ReplicationRules, zooKeeperEra } from '../replication/replication-rules.ts';

/** The rules of the controller and those of replication; elections and removals are those of kafka/partition-election in both. */
export interface ClusterRules extends ControllerRules, ReplicationRules {
  /** The version of the partition's znode that a decision is conditional on, given the one that it is based on. */
  readonly decisionVersion: (seen: number) => number;
  /** Which of the brokers that it knows a controller that takes over has no need to tell anything. */
  readonly toldBefore: (known: readonly Registration[]) => readonly Registration[];
}

/** ZooKeeper mode: the ISR is written by the leader itself, and its last member stays. */
export const clusterRules: ClusterRules = {
  ...controllerRules,
  ...kafkaRules,
  ...zooKeeperEra,
  decisionVersion: (seen) => seen,
  toldBefore: () => [],
};
