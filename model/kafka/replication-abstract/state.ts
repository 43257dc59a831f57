import { z } from 'zod';
import { type DeepReadonly, ref, setOf } from '../../../checker/language/index.ts';
import type { Log } from '../replication/log.ts';

export const BrokerId = ref('replica', { min: 0 });
const LeaderEpoch = z.int().min(-1);

/** The partition's state in ZooKeeper, and what a LeaderAndIsr request carries of it. */
export const Quorum = z.strictObject({
  leaderEpoch: LeaderEpoch,
  leader: BrokerId.nullable(),
  isr: setOf(BrokerId),
});
export type Quorum = DeepReadonly<z.output<typeof Quorum>>;

/** What a replica believes, and its own high watermark. */
export const ReplicaState = z.strictObject({ highWatermark: z.int().min(0), ...Quorum.shape });
export type ReplicaState = DeepReadonly<z.output<typeof ReplicaState>>;

/** A replica as a rule sees it: the abstraction lets a leader look into its followers' logs, and they into the leader's. */
export interface Replica extends ReplicaState {
  readonly id: number;
  readonly log: Log;
}

export const presumesLeadership = ({ id, leader }: Pick<Replica, 'id' | 'leader'>): boolean => leader === id;

/** Whether the quorum agrees: only then an ISR change gets through, since it is a conditional write. */
export const isTrueLeader = (
  quorum: Quorum,
  replica: Pick<Replica, 'id' | 'leader' | 'leaderEpoch'>,
): boolean =>
  presumesLeadership(replica) && quorum.leader === replica.id && quorum.leaderEpoch === replica.leaderEpoch;

export const newReplica: ReplicaState = { highWatermark: 0, leaderEpoch: -1, leader: null, isr: [] };
