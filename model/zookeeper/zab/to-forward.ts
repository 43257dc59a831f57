import type { Zxid } from '../zxid.ts';
import type { Proposal } from './commit.ts';
import type { History } from './txn.ts';

/** What a leader has under way: committed but not applied, and proposed. Both oldest first. */
export interface UnderWay {
  readonly toBeApplied: History;
  readonly outstandingProposals: readonly Proposal[];
}

/** Leader.startForwarding: what a learner gets beyond its sync. An observer hears of a proposal when it is committed. */
export function toForward(
  { toBeApplied, outstandingProposals }: UnderWay,
  forwardFrom: Zxid,
  votes: boolean,
): { readonly committed: History; readonly proposed: History } {
  const above = (txns: History) => txns.filter(({ zxid }) => zxid > forwardFrom);
  return {
    committed: above(toBeApplied),
    proposed: votes ? above(outstandingProposals.map(({ txn }) => txn)) : [],
  };
}
