/**
 * PartitionLeaderElectionAlgorithms: who becomes the leader. All of them go through the assigned replicas in their order; the order of
 * the ISR means nothing, since leaders write it from a set.
 */

/** The first assigned replica that is live and in the ISR; if there is none and it is allowed, the first live one. */
export const offlineLeader = (
  replicas: readonly number[],
  isr: readonly number[],
  live: readonly number[],
  unclean: boolean,
): number | undefined =>
  replicas.find((id) => live.includes(id) && isr.includes(id)) ??
  (unclean ? replicas.find((id) => live.includes(id)) : undefined);

/** The first of the reassignment's targets that is live and in the ISR. */
export const reassignLeader = (
  targets: readonly number[],
  isr: readonly number[],
  live: readonly number[],
): number | undefined => targets.find((id) => live.includes(id) && isr.includes(id));

/** The first assigned replica, if it is live and in the ISR. */
export function preferredLeader(
  replicas: readonly number[],
  isr: readonly number[],
  live: readonly number[],
): number | undefined {
  const [preferred] = replicas;
  return preferred !== undefined && live.includes(preferred) && isr.includes(preferred)
    ? preferred
    : undefined;
}

/** The first assigned replica in the ISR that is not about to stop; `liveOrShuttingDown` are all that are registered. */
export const controlledShutdownLeader = (
  replicas: readonly number[],
  isr: readonly number[],
  liveOrShuttingDown: readonly number[],
  shuttingDown: readonly number[],
): number | undefined =>
  replicas.find((id) => liveOrShuttingDown.includes(id) && isr.includes(id) && !shuttingDown.includes(id));
