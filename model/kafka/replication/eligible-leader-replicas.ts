import { union, without } from './isr.ts';

/** Who may lead, as KIP-966 keeps it. Outside the ISR, an eligible leader replica still has everything committed. */
export interface Candidates {
  readonly isr: readonly number[];
  readonly elr: readonly number[];
  readonly lastKnownElr: readonly number[];
}

/**
 * PartitionChangeBuilder.populateTargetElr: the ISR falls below min.insync.replicas. Since the high watermark does not move
 * from then on, whoever leaves now keeps everything below it, unless its broker restarted without a clean shutdown.
 */
export function changeIsr(
  before: Candidates,
  isr: readonly number[],
  minIsr: number,
  uncleanlyRestarted: readonly number[] = [],
): Candidates {
  if (isr.length >= minIsr) return { isr, elr: [], lastKnownElr: [] };
  const candidates = union(before.isr, before.elr);
  const elr = without(without(candidates, isr), uncleanlyRestarted);
  return { isr, elr, lastKnownElr: without(without(union(candidates, before.lastKnownElr), isr), elr) };
}

export interface Elected {
  readonly leader: number;
  readonly unclean: boolean;
}

export interface Election {
  readonly kind: 'ONLINE' | 'PREFERRED' | 'UNCLEAN';
  readonly replicas: readonly number[];
  readonly leader: number | null;
  readonly candidates: Candidates;
  readonly isAcceptable: (replica: number) => boolean;
  /** unclean.recovery of the last known leader: with nobody left, the last one that led may lead again. */
  readonly lastKnownLeaderEnabled?: boolean;
}

/** PartitionChangeBuilder.electLeader: acceptable, and in the ISR, or in the ELR when the ISR is empty. */
export function electLeader(election: Election): Elected | undefined {
  const { kind, replicas, leader, candidates, isAcceptable } = election;
  const { isr, elr, lastKnownElr } = candidates;
  const isValid = (replica: number) =>
    isAcceptable(replica) && (isr.includes(replica) || (isr.length === 0 && elr.includes(replica)));
  const inOrder = replicas.filter(isValid);
  const clean = (chosen: number) => ({ leader: chosen, unclean: false });
  const [preferred] = replicas;
  if (kind === 'PREFERRED' && preferred !== undefined && isValid(preferred)) return clean(preferred);
  if (leader !== null && isValid(leader)) return clean(leader);
  if (inOrder[0] !== undefined) return clean(inOrder[0]);
  const [lastKnown] = lastKnownElr;
  const nobodyLeft = isr.length === 0 && elr.length === 0 && lastKnownElr.length === 1;
  if (election.lastKnownLeaderEnabled && nobodyLeft && lastKnown !== undefined && isAcceptable(lastKnown))
    return { leader: lastKnown, unclean: true };
  const uncleanly = kind === 'UNCLEAN' ? replicas.find(isAcceptable) : undefined;
  return uncleanly === undefined ? undefined : { leader: uncleanly, unclean: true };
}

/** The candidates after an election: the elected one is in the ISR; after an unclean election nobody else can be trusted. */
export const afterElection = (before: Candidates, elected: Elected, minIsr: number): Candidates =>
  elected.unclean
    ? { isr: [elected.leader], elr: [], lastKnownElr: [] }
    : changeIsr(before, union(before.isr.length === 0 ? [] : before.isr, [elected.leader]), minIsr);
