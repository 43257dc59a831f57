import { epochOf, type Zxid } from '../zxid.ts';

/** What decides whose history is the most recent: StateSummary. */
export interface StateSummary {
  readonly currentEpoch: number;
  readonly lastZxid: Zxid;
}

/** StateSummary.isMoreRecentThan, the same order as in the election, but without the id. */
export const isMoreRecentThan = (a: StateSummary, b: StateSummary): boolean =>
  a.currentEpoch > b.currentEpoch || (a.currentEpoch === b.currentEpoch && a.lastZxid > b.lastZxid);

/** What the epoch files and the last zxid on disk say when a server starts. `null`: the file does not exist. */
export interface EpochFiles {
  readonly acceptedEpoch: number | null;
  readonly currentEpoch: number | null;
  /** currentEpoch.tmp, left behind by a crash between writing and renaming. */
  readonly currentEpochTmp: number | null;
}

export type Loaded = { readonly acceptedEpoch: number; readonly currentEpoch: number } | { refused: string };

/** QuorumPeer.loadDataBase: the epochs that a server starts with, or why it refuses to start. */
export function loadEpochs(files: EpochFiles, lastProcessedZxid: Zxid): Loaded {
  const epochOfZxid = epochOf(lastProcessedZxid);
  let currentEpoch = files.currentEpoch ?? epochOfZxid;
  if (epochOfZxid > currentEpoch) {
    if (files.currentEpochTmp === null) {
      return { refused: `the current epoch, ${currentEpoch}, is older than the last zxid` };
    }
    currentEpoch = files.currentEpochTmp;
  }
  const acceptedEpoch = files.acceptedEpoch ?? epochOfZxid;
  return acceptedEpoch < currentEpoch
    ? { refused: `the accepted epoch, ${acceptedEpoch}, is less than the current epoch, ${currentEpoch}` }
    : { acceptedEpoch, currentEpoch };
}
