interface RequestWords {
  readonly kind: string;
  readonly controllerEpoch: number;
  readonly leader: number | null;
  readonly leaderEpoch: number;
}

/** Such as "epoch 2: leader 1, 3": the controller epoch, and the leader with its leader epoch. */
export function describeRequest(request: RequestWords | undefined): string {
  if (request === undefined) return 'nothing';
  const { kind, controllerEpoch, leader, leaderEpoch } = request;
  if (kind === 'UpdateMetadata') return `epoch ${controllerEpoch}: metadata`;
  return `epoch ${controllerEpoch}: leader ${nobody(leader)}, ${leaderEpoch}`;
}

export const nobody = (id: number | null): string => (id === null ? 'nobody' : `${id}`);
