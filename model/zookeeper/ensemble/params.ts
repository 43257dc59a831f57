import { z } from 'zod';
import type { DeepReadonly } from '../../../checker/language/index.ts';
import { ElectionParams } from '../election/params.ts';
import { BroadcastParams, ImplementationParams } from '../zab/implementation/params.ts';

const election = ElectionParams.shape;

export const EnsembleParams = z.strictObject({
  ...BroadcastParams.shape,
  epochs: ImplementationParams.shape.epochs,
  start: ImplementationParams.shape.start,
  restarts: z.int().min(0).max(9).default(0).describe('times that a crashed server starts again'),
  rounds: z.int().min(1).max(99).default(3).describe('the last round of an election that is looked at'),
  finalizeWait: election.finalizeWait.default('quiet').describe(election.finalizeWait.description ?? ''),
  inFlight: election.inFlight,
  queue: election.queue,
  recovery: election.recovery,
  timeouts: election.timeouts,
  giveUps: z
    .int()
    .min(0)
    .max(9)
    .default(0)
    .describe('times that a server which was just elected, or follows one, gives up although it need not'),
});
export type EnsembleParams = DeepReadonly<z.output<typeof EnsembleParams>>;
