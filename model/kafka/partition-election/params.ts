import { z } from 'zod';
import { type DeepReadonly, range } from '../../../checker/language/index.ts';

const budget = (what: string, times = 0) => z.int().min(0).max(3).default(times).describe(what);
const replicas = z.array(z.int().min(0));

export const PartitionElectionParams = z.strictObject({
  brokers: z.int().min(1).max(5).default(3).describe('numbered from 0'),
  partitions: z.int().min(1).max(2).default(1).describe('numbered from 0'),
  assignments: z
    .array(replicas.min(1))
    .default([])
    .describe('assigned replicas of each partition, the preferred leader first; [] for all brokers in order'),
  newPartitions: z
    .int()
    .min(0)
    .max(2)
    .default(0)
    .describe('how many of the partitions are still to be created'),
  reassignTo: replicas
    .default([])
    .describe('replicas that partition 0 is to have instead; [] for no reassignment'),
  isrWrites: z
    .enum(['znode', 'alterPartition'])
    .default('znode')
    .describe('a leader writes the ISR to the znode itself, or asks the controller to (KIP-497)'),
  uncleanLeaderElection: z
    .boolean()
    .default(false)
    .describe('unclean.leader.election.enable of the topic, from the start'),
  autoLeaderRebalance: z.boolean().default(false).describe('auto.leader.rebalance.enable'),
  imbalancePercentage: z.int().min(0).max(100).default(10).describe('leader.imbalance.per.broker.percentage'),
  updateMetadata: z
    .boolean()
    .default(false)
    .describe(
      'brokers take to live whom UpdateMetadata has told them of: they follow no others, and let no others into the ISR',
    ),
  shutdownRetries: z.int().min(0).max(3).default(0).describe('controlled.shutdown.max.retries'),
  crashes: budget('broker processes killed', 1),
  expiries: budget('sessions of healthy brokers that expire'),
  cleanStops: budget('brokers told to stop (TERM)'),
  failovers: budget('times that another controller is elected', 1),
  lostReplies: budget('elections of a controller whose reply is lost'),
  sendErrors: budget('requests of the controller whose connection breaks'),
  shrinks: budget('times that a leader takes a slow follower out of the ISR', 1),
  preferredElections: budget('preferred elections asked for by an administrator'),
  uncleanElections: budget('unclean elections asked for by an administrator'),
  uncleanSwitches: budget('times that unclean.leader.election.enable is set on the topic'),
  chosenLeaders: budget('times that an operator names the leader of a partition that has none'),
  beyondPromise: z
    .boolean()
    .default(false)
    .describe('check all promises, also where Kafka does not keep them under these settings and faults'),
});
export type PartitionElectionParams = DeepReadonly<z.output<typeof PartitionElectionParams>>;

export const budgets = [
  'crashes',
  'expiries',
  'cleanStops',
  'failovers',
  'lostReplies',
  'sendErrors',
  'shrinks',
  'preferredElections',
  'uncleanElections',
  'uncleanSwitches',
  'chosenLeaders',
] as const;

export const brokersOf = (p: Pick<PartitionElectionParams, 'brokers'>): readonly number[] => range(p.brokers);
export const partitionsOf = (p: Pick<PartitionElectionParams, 'partitions'>): readonly number[] =>
  range(p.partitions);
/** One controller for each epoch, the first one is 1. */
export const epochsOf = (p: Pick<PartitionElectionParams, 'failovers'>): readonly number[] =>
  range(p.failovers + 1).map((past) => past + 1);
export const assignedReplicas = (p: PartitionElectionParams, partition: number): readonly number[] =>
  p.assignments[partition] ?? brokersOf(p);
export const isCreatedLater = (p: PartitionElectionParams, partition: number): boolean =>
  partition >= p.partitions - p.newPartitions;
