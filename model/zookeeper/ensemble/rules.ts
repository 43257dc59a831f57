import { fleRules } from '../election/fle-rules.ts';
import type { FleRules } from '../election/rules.ts';
import { eras } from '../zab/eras.ts';
import { type ImplementationRules, implementationRules } from '../zab/implementation/rules.ts';
import type { EnsembleParams } from './params.ts';

/** The rules of the election and those of the broadcast; a quorum is the same in both. */
export interface EnsembleRules extends FleRules, ImplementationRules {
  /** Whether a server that serves puts its epoch into the vote that it tells to newcomers (ZOOKEEPER-1732). */
  readonly updatesElectionVote: boolean;
}

export const ensembleRules = (p: Pick<EnsembleParams, 'era'>): EnsembleRules => ({
  ...fleRules,
  ...implementationRules,
  ...eras[p.era],
  updatesElectionVote: true,
});
