import type { StateOf, Taken } from '../../../checker/language/index.ts';
import type { CurrentVote } from '../../../model/zookeeper/election/vote.ts';
import type { election } from '../../../model/zookeeper/election.ts';

type State = StateOf<typeof election>;

/** A step by which a server leaves its election. */
export interface Leaving {
  readonly sid: number;
  /** What it leaves with. */
  readonly vote: CurrentVote;
  readonly goes: 'LEADING' | 'FOLLOWING' | 'OBSERVING';
  /** Its round before. */
  readonly round: number;
  /** Whether a message of a server out of election made it leave, and which. */
  readonly joins: boolean;
  readonly message: ReturnType<State['inbox']>['head'];
}

/** What the step is, if it is one. */
export function leaving(before: State, after: State, { action, instance }: Taken): Leaving | undefined {
  const sid = Number(instance);
  const goes = after.server(sid).get('state');
  const vote = after.server(sid).get('endVote');
  if (goes === 'LOOKING' || vote === null || before.server(sid).get('state') !== 'LOOKING') return undefined;
  const message = action === 'handle' ? before.inbox(sid).head : undefined;
  const joins = message !== undefined && message.state !== 'LOOKING';
  return { sid, vote, goes, round: before.server(sid).get('logicalclock'), joins, message };
}
