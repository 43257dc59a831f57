import { z } from 'zod';
import { type ActionView, single } from '../../../checker/language/index.ts';
import { electionComponents } from '../election/components.ts';
import { implementationComponents } from '../zab/implementation/components.ts';
import type { EnsembleParams } from './params.ts';

/**
 * An election and a broadcast in one server: `server` is FastLeaderElection, `peer` is what follows from it. The processes,
 * the budget of crashes and that of broken connections are the same for both.
 */
export const ensembleComponents = (p: EnsembleParams) => ({
  ...electionComponents(p),
  ...implementationComponents(p),
  restartBudget: single(z.int().min(0)),
});

export type EnsembleView = ActionView<ReturnType<typeof ensembleComponents>>;
