import { majority, type QuorumVerifier } from '../../model/zookeeper/election/quorum-verifier.ts';
import type { ServerLog } from './server-log.ts';

/** Who votes in an ensemble, and how that is known. */
export interface Electorate {
  readonly verifier: QuorumVerifier;
  readonly from: 'option' | 'manifest' | 'logs';
}

/**
 * The given verifier; or a majority of the given voters, or of those that the manifest names; or of all whom anybody sends its
 * proposal, since a broadcast goes to every voter and to nobody else.
 */
export function electorate(
  logs: readonly ServerLog[],
  option: QuorumVerifier | undefined,
  manifest: readonly number[] | undefined,
): Electorate {
  if (option !== undefined) return { verifier: option, from: 'option' };
  if (manifest !== undefined) return { verifier: majority(manifest), from: 'manifest' };
  return { verifier: majority(votersSeen(logs)), from: 'logs' };
}

const votersSeen = (logs: readonly ServerLog[]): readonly number[] =>
  [
    ...new Set(
      logs.flatMap((log) => log.events.flatMap((event) => (event.type === 'send' ? [event.to] : []))),
    ),
  ].sort((a, b) => a - b);
