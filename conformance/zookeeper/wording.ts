import { formatZxid } from '../../model/zookeeper/zxid.ts';
import type { MainSaying } from './event.ts';
import type { Step } from './narration.ts';
import type { World } from './world.ts';

const hex = formatZxid;
/** Java prints an observer's id in decimal. */
const id = (sid: number): string => (sid === Number.MIN_SAFE_INTEGER ? '-9223372036854775808' : String(sid));

/** A step as ZooKeeper prints it (3.8). */
export function wordingOf(step: Step): string {
  switch (step.kind) {
    case 'broadcast': {
      const { leader, zxid, round, peerEpoch } = step.send;
      return (
        `Sending Notification: ${id(leader)} (n.leader), ${hex(zxid)} (n.zxid), ${hex(round)} (n.round), ` +
        `${step.to.join(' or ')} (recipient), ${hex(peerEpoch)} (n.peerEpoch)`
      );
    }
    case 'say':
      return wordingOfSaying(step.saying);
    default:
      return `(${step.kind})`;
  }
}

function wordingOfSaying(s: Exclude<MainSaying, { type: 'send' }>): string {
  switch (s.type) {
    case 'role':
      return s.state;
    case 'update':
      return `Updating proposal: ${id(s.leader)} (newleader), ${hex(s.zxid)} (newzxid), ${id(s.oldLeader)} (oldleader), ${hex(s.oldZxid)} (oldzxid)`;
    case 'newElection':
      return `New election. My id = ${s.sid}, proposed zxid=${hex(s.zxid)}`;
    case 'compare':
      return `id: ${id(s.newId)}, proposed id: ${id(s.curId)}, zxid: ${hex(s.newZxid)}, proposed zxid: ${hex(s.curZxid)}`;
    case 'count':
      return `Adding vote: from=${s.from}, proposed leader=${id(s.leader)}, proposed zxid=${hex(s.zxid)}, proposed election epoch=${hex(s.round)}`;
    case 'lowerRound':
      return `Notification election epoch is smaller than logicalclock. n.electionEpoch = ${hex(s.round)}, logicalclock=${hex(s.clock)}`;
    case 'noData':
      return s.from === null
        ? 'Ignoring notification as our zxid is -1'
        : `Ignoring notification from member with -1 zxid ${s.from}`;
    case 'observer':
      return `Notification from observer: ${s.from}`;
    case 'strangeLeader':
      return `Ignoring notification for non-cluster member sid ${id(s.leader)} from sid ${s.from}`;
    case 'strangeSender':
      return `Ignoring notification for sid ${id(s.leader)} from non-quorum member sid ${s.from}`;
    case 'oracle':
      return s.follow ? 'Oracle indicates to follow' : 'Oracle indicates not to follow';
    case 'timeout':
      return 'Notification time out';
    case 'elected':
      return `About to leave FLE instance: leader=${id(s.leader)}, zxid=${hex(s.zxid)}, my id=${s.sid}, my state=${s.state}`;
  }
}

/** How things stand in a server, for somebody who looks for what went wrong. */
export function wordingOfWorld({ server, queue }: World): string {
  const { leader, zxid, peerEpoch } = server.proposal;
  const votes = (set: typeof server.recvset) =>
    set.map((vote) => `${vote.sid} for ${id(vote.leader)}`).join(', ') || 'none';
  const doing = server.state === 'LOOKING' ? `LOOKING (${server.step})` : server.state;
  return (
    `${doing}, round ${hex(server.logicalclock)}, proposal (${id(leader)}, ${hex(zxid)}, epoch ${hex(peerEpoch)}), ` +
    `votes: ${votes(server.recvset)}; out of election: ${votes(server.outofelection)}; ` +
    `waiting: ${queue.map(({ from, n }) => `${n.state} of ${from} for ${id(n.leader)}`).join(', ') || 'nothing'}`
  );
}
