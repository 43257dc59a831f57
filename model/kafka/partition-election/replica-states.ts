/** ReplicaState: a replica, as the controller's state machine has it. */
export const replicaStates = [
  'NonExistent',
  'New',
  'Online',
  'Offline',
  'DeletionStarted',
  'DeletionSuccessful',
  'DeletionIneligible',
] as const;
export type ReplicaState = (typeof replicaStates)[number];

const validPreviousStates: Readonly<Record<ReplicaState, readonly ReplicaState[]>> = {
  New: ['NonExistent'],
  Online: ['New', 'Online', 'Offline', 'DeletionIneligible'],
  Offline: ['New', 'Online', 'Offline', 'DeletionIneligible'],
  DeletionStarted: ['Offline'],
  DeletionSuccessful: ['DeletionStarted'],
  DeletionIneligible: ['Offline', 'DeletionStarted'],
  NonExistent: ['DeletionSuccessful'],
};

export const isValidReplicaTransition = (from: ReplicaState, to: ReplicaState): boolean =>
  validPreviousStates[to].includes(from);

/** ReplicaStateMachine.initializeReplicaState, at failover; both are then moved on, to Online and to Offline. */
export const initialReplicaState = (isOnline: boolean): ReplicaState =>
  isOnline ? 'Online' : 'DeletionIneligible';

/** What a transition sends to the replica's broker: `leadership` is whether the partition has a state. Everybody gets metadata besides. */
export function requestToReplica(
  from: ReplicaState,
  to: ReplicaState,
  leadership: boolean,
):
  | { readonly kind: 'LeaderAndIsr'; readonly isNew: boolean }
  | { readonly kind: 'StopReplica'; readonly delete: boolean }
  | undefined {
  if (to === 'Offline') return { kind: 'StopReplica', delete: false };
  if (to === 'DeletionStarted') return { kind: 'StopReplica', delete: true };
  if (to === 'New' && leadership) return { kind: 'LeaderAndIsr', isNew: true };
  if (to === 'Online' && from !== 'New' && leadership) return { kind: 'LeaderAndIsr', isNew: false };
  return undefined;
}
