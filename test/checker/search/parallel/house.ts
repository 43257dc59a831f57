import { configure, type Request } from '../../../../checker/language/configure.ts';
import { specOf } from '../../../../checker/language/index.ts';
import { Space } from '../../../../checker/space/space.ts';
import twoPhaseCommit from '../../../../invariants/examples/two-phase-commit.ts';
import election from '../../../../invariants/zookeeper/election.ts';

export interface HouseOptions extends Request {
  readonly model: 'two-phase commit' | 'election';
}

/** A model of the house, for several threads: most steps of the one sleep, those of the other send and receive. */
export function houseSpace({ model, ...request }: HouseOptions): Space {
  const spec = model === 'election' ? specOf(election) : specOf(twoPhaseCommit);
  return new Space(configure(spec, request));
}
