import type { Change } from '../../../../../checker/language/index.ts';
import type { ImplementationParams } from '../params.ts';
import type { ImplementationRules } from '../rules.ts';

export type Catalogue = Readonly<Record<string, Change<ImplementationParams, ImplementationRules>>>;

/** The cache of committed transactions as the source has it. */
export const appliedOnly: ImplementationRules['syncDatabase'] = ({ txns, lastProcessed }) => ({
  lastProcessed,
  committedLog: txns,
  txnLog: null,
});

/** Acks as the source treats them when a learner comes back. */
export const keepAcks: ImplementationRules['acksOnForwarding'] = (acks) => acks;

/** What a design must promise to happen at all. */
export const LIVENESS = ['leaderServes', 'proposalsEnd', 'learnersServe', 'someLeaderServes'];
