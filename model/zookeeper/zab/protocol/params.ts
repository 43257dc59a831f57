import { z } from 'zod';
import { type DeepReadonly, range } from '../../../../checker/language/index.ts';
import { majority, type QuorumVerifier, type Sid } from '../../election/quorum-verifier.ts';
import type { Electorate } from '../epoch-agreement.ts';

const budget = (what: string) => z.int().min(0).max(9).describe(what);

export const ZabParams = z.strictObject({
  servers: z.int().min(1).max(7).default(3).describe('servers, numbered from 1'),
  transactions: budget('requests of clients').default(2),
  elections: budget('times that a server is elected').default(2),
  timeouts: budget('times that a leader and a follower lose each other').default(1),
  restarts: budget('crashes, each with a restart').default(0),
  newLeader: z
    .enum(['atomic', 'historyFirst', 'epochFirst'])
    .default('atomic')
    .describe(
      'whether a follower writes its epoch and the new history at once, and if not, which of them first',
    ),
});
export type ZabParams = DeepReadonly<z.output<typeof ZabParams>>;

export const serversOf = (p: Pick<ZabParams, 'servers'>): readonly Sid[] =>
  range(p.servers).map((i) => i + 1);

export const verifierOf = (p: Pick<ZabParams, 'servers'>): QuorumVerifier => majority(serversOf(p));

export const electorateOf = (p: Pick<ZabParams, 'servers'>, leader: Sid): Electorate => ({
  leader,
  verifier: verifierOf(p),
});
