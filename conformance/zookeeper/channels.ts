import type { VersionedNotification } from '../../model/zookeeper/election/notification.ts';
import type { Event, ReceiverSaying } from './event.ts';
import type { Contradiction, Reportable, Sent, ServerReplay } from './replay.ts';
import type { ServerLog } from './server-log.ts';

/** A server's log, and what replaying it found. */
export interface Replayed {
  readonly log: ServerLog;
  readonly replay: ServerReplay;
}

export interface ChannelCheck {
  /** Notifications received whose sender's log tells that they were sent, or how they may have been. */
  readonly matched: number;
  /** Notifications received from servers without a log here, or with one that could not be replayed to its end. */
  readonly unknownSender: number;
  /** The first notification of each server that its sender cannot have sent. */
  readonly contradictions: readonly { readonly log: ServerLog; readonly contradiction: Contradiction }[];
}

/**
 * Whether every notification received was sent. What is lost, repeated or overtaken on the way is not looked at: the election
 * channel loses messages (each peer has one waiting at most) and repeats the last one on reconnection.
 */
export function checkChannels(servers: readonly Replayed[], voters: readonly number[]): ChannelCheck {
  const sentBy = new Map(
    servers
      .filter(({ replay }) => replay.contradiction === null && replay.skipped === 0)
      .map(({ replay }) => [replay.sid, replay]),
  );
  let [matched, unknownSender] = [0, 0];
  const contradictions = servers.flatMap(({ log, replay }) => {
    for (const event of log.events) {
      if (event.type !== 'received') continue;
      const sender = sentBy.get(event.from);
      if (sender === undefined) unknownSender += 1;
      else if (maySend(sender, replay.sid, event.notification, voters)) matched += 1;
      else return [{ log, contradiction: contradictionOf(event, sender, replay.sid) }];
    }
    return [];
  });
  return { matched, unknownSender, contradictions };
}

function maySend(
  sender: ServerReplay,
  to: number,
  n: VersionedNotification,
  voters: readonly number[],
): boolean {
  if (sender.sent.some((sent) => sent.to === to && isSent(sent, n))) return true;
  return !voters.includes(to) && sender.reportable.some((reportable) => isReported(reportable, n));
}

const isSent = ({ n: sent, epochMayBeHigher }: Sent, n: VersionedNotification): boolean =>
  n.state === sent.state &&
  n.leader === sent.leader &&
  n.zxid === sent.zxid &&
  n.electionEpoch === sent.electionEpoch &&
  (n.peerEpoch === sent.peerEpoch || (epochMayBeHigher && n.peerEpoch > sent.peerEpoch));

/** A non-voter is told the current vote with the present round, at any time and without a line. */
const isReported = ({ state, currentVote, logicalclock }: Reportable, n: VersionedNotification): boolean =>
  n.state === state &&
  n.leader === currentVote.leader &&
  n.zxid === currentVote.zxid &&
  n.electionEpoch === logicalclock &&
  n.peerEpoch >= currentVote.peerEpoch;

function contradictionOf(
  { line, time, text, from }: Event<Extract<ReceiverSaying, { type: 'received' }>>,
  sender: ServerReplay,
  to: number,
): Contradiction {
  const sent = new Set(sender.sent.filter((each) => each.to === to).map(({ n }) => wording(n)));
  return {
    line,
    time,
    text,
    expected: [...sent],
    situation: `the log of server ${from} does not let it send this to server ${to}`,
  };
}

const wording = ({ state, leader, electionEpoch, peerEpoch, zxid }: VersionedNotification): string =>
  `${state}, n.leader:${leader}, n.round:0x${electionEpoch.toString(16)}, n.peerEpoch:0x${peerEpoch.toString(16)}, n.zxid:0x${zxid.toString(16)}`;
