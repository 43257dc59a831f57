/** PartitionState: whether a partition has a leader, as the controller's state machine has it. */
export const partitionStates = ['NonExistent', 'New', 'Online', 'Offline'] as const;
export type PartitionState = (typeof partitionStates)[number];

const validPreviousStates: Readonly<Record<PartitionState, readonly PartitionState[]>> = {
  New: ['NonExistent'],
  Online: ['New', 'Online', 'Offline'],
  Offline: ['New', 'Online', 'Offline'],
  NonExistent: ['Offline'],
};

/** An invalid transition is logged and left out; the others of the batch go on. */
export const isValidPartitionTransition = (from: PartitionState, to: PartitionState): boolean =>
  validPreviousStates[to].includes(from);

/** PartitionStateMachine.initializePartitionState, at failover: `leadership` is undefined when there is no state znode. */
export function initialPartitionState(
  leadership: { readonly leader: number | null } | undefined,
  live: readonly number[],
): PartitionState {
  if (leadership === undefined) return 'New';
  return leadership.leader !== null && live.includes(leadership.leader) ? 'Online' : 'Offline';
}
