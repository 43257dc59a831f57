import { epochOf, type Zxid } from '../zxid.ts';

/** What the epoch files say when a server starts. `null`: the file does not exist. */
export interface EpochFiles {
  readonly acceptedEpoch: number | null;
  readonly currentEpoch: number | null;
  /** currentEpoch.tmp, left behind by a crash between writing and renaming. */
  readonly currentEpochTmp: number | null;
}

export type Loaded =
  | { readonly acceptedEpoch: number; readonly currentEpoch: number }
  | { readonly refused: string };

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

/**
 * The same with the repair of ZOOKEEPER-2354: a crash on NEWLEADER may leave a log ahead of the current epoch, which forbids
 * nothing as long as its epoch was accepted.
 */
export function loadEpochsBehindLog(files: EpochFiles, lastProcessedZxid: Zxid): Loaded {
  const epochOfZxid = epochOf(lastProcessedZxid);
  const { acceptedEpoch, currentEpoch } = {
    acceptedEpoch: files.acceptedEpoch ?? epochOfZxid,
    currentEpoch: files.currentEpoch ?? epochOfZxid,
  };
  if (acceptedEpoch < Math.max(currentEpoch, epochOfZxid)) {
    return { refused: 'it has not accepted the epoch of its log' };
  }
  const adopted = epochOfZxid > currentEpoch ? files.currentEpochTmp : null;
  return { acceptedEpoch, currentEpoch: adopted ?? currentEpoch };
}
