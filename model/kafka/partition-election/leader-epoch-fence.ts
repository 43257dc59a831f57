/** A deleted topic's StopReplica has this in place of a leader epoch. */
export const EPOCH_DURING_DELETE = -2;
/** A leader epoch that is not known. */
export const NO_EPOCH = -1;

/**
 * ReplicaManager.becomeLeaderOrFollower: only a higher leader epoch is taken up. An equal one is ignored (by controllers with ZooKeeper),
 * so that saying the same again helps only who has missed it.
 */
export const isNewLeaderEpoch = (own: number, requested: number): boolean => requested > own;

/** ReplicaManager.stopReplicas: an equal one will do, since a deletion does not raise it (KAFKA-9539). */
export const mayStopReplica = (own: number, requested: number): boolean =>
  requested === EPOCH_DURING_DELETE || requested === NO_EPOCH || requested >= own;
