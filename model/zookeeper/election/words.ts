import { formatZxid, LONG_MIN_VALUE } from '../zxid.ts';
import type { Notification } from './notification.ts';
import type { Vote } from './vote.ts';

/** 3 (epoch 1, zxid 0x100000002) */
export const describeVote = (vote: Vote): string =>
  vote.leader === LONG_MIN_VALUE
    ? 'nobody'
    : `${vote.leader} (epoch ${vote.peerEpoch}, zxid ${formatZxid(vote.zxid)})`;

/** LOOKING, round 2, vote for 3 (epoch 1, zxid 0x100000002) */
export const describeNotification = (n: Notification): string =>
  `${n.state}, round ${n.electionEpoch}, vote for ${describeVote(n)}`;

/** LOOKING 3, round 2: for the arrow of a diagram. */
export const shortNotification = (n: Notification): string =>
  `${n.state} ${n.leader === LONG_MIN_VALUE ? 'nobody' : n.leader}, round ${n.electionEpoch}`;
