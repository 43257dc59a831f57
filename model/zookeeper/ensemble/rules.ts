import { fleRules } from '../election/fle-rules.ts';
import type { FleRules } from '../election/rules.ts';
import { eras } from '../zab/eras.ts';
import { type ImplementationRules, implementationRules } from '../zab/implementation/rules.ts';
import type { EnsembleParams } from './params.ts';

/** The rules of the election and those of the broadcast; a quorum is the same in both. */
export interface EnsembleRules extends FleRules, ImplementationRules {}

export const ensembleRules = (p: Pick<EnsembleParams, 'era'>): EnsembleRules => ({
  ...fleRules,
  ...implementationRules,
  ...eras[p.era],
});
