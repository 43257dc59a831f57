import type { VersionedNotification } from '../../model/zookeeper/election/notification.ts';
import type { ServerState } from '../../model/zookeeper/election/vote.ts';

// What the lines of a server's log tell of its elections. Zxids, rounds and epochs are hexadecimal in the log, ids decimal.

/** What the election thread says: it is replayed line by line. */
export type MainSaying =
  /** The top of the main loop: LOOKING before an election, otherwise what was elected, after the vote was published. */
  | { readonly type: 'role'; readonly state: ServerState }
  | {
      readonly type: 'update';
      readonly leader: number;
      readonly zxid: number;
      readonly oldLeader: number;
      readonly oldZxid: number;
    }
  | { readonly type: 'newElection'; readonly sid: number; readonly zxid: number }
  | Send
  /** One call of totalOrderPredicate; the epochs are printed since 3.9.3. */
  | {
      readonly type: 'compare';
      readonly newId: number;
      readonly curId: number;
      readonly newZxid: number;
      readonly curZxid: number;
      readonly newEpoch?: number;
      readonly curEpoch?: number;
    }
  | {
      readonly type: 'count';
      readonly from: number;
      readonly leader: number;
      readonly zxid: number;
      readonly round: number;
    }
  | { readonly type: 'lowerRound'; readonly round: number; readonly clock: number }
  /** Ignored because of zxid -1: mine, or that of `from`. */
  | { readonly type: 'noData'; readonly from: number | null }
  | { readonly type: 'observer'; readonly from: number }
  /** Ignored because the candidate or the sender is no voter. */
  | { readonly type: 'strangeLeader'; readonly leader: number; readonly from: number }
  | { readonly type: 'strangeSender'; readonly leader: number; readonly from: number }
  /** Said of each LEADING notification that did not end the election (since 3.7). */
  | { readonly type: 'oracle'; readonly follow: boolean }
  | { readonly type: 'timeout' }
  | {
      readonly type: 'elected';
      readonly leader: number;
      readonly zxid: number;
      readonly sid: number;
      readonly state: ServerState;
    };

/** One recipient's share of a broadcast. */
export interface Send {
  readonly type: 'send';
  readonly leader: number;
  readonly zxid: number;
  readonly round: number;
  readonly peerEpoch: number;
  readonly to: number;
}

/** What the receiver thread says. */
export type ReceiverSaying =
  | { readonly type: 'received'; readonly from: number; readonly notification: VersionedNotification }
  /** Round and epoch are sent too, but not printed. */
  | { readonly type: 'answer'; readonly to: number; readonly leader: number; readonly zxid: number };

/** What frames an incarnation. */
export type ProcessSaying =
  | { readonly type: 'boot'; readonly sid: number }
  | { readonly type: 'loaded'; readonly zxid: number }
  /** The election object is made anew: its round starts at 0. */
  | { readonly type: 'reconfigured' };

export type Saying = MainSaying | ReceiverSaying | ProcessSaying;
export type Event<S extends Saying = Saying> = S & {
  /** From 1. */
  readonly line: number;
  readonly time: number;
  /** The message of the log line. */
  readonly text: string;
};

export type Thread = 'main' | 'receiver' | 'process';

export function threadOf(saying: Saying): Thread {
  switch (saying.type) {
    case 'received':
    case 'answer':
      return 'receiver';
    case 'boot':
    case 'loaded':
    case 'reconfigured':
      return 'process';
    default:
      return 'main';
  }
}
