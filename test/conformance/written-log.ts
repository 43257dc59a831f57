import { conformLogs } from '../../conformance/conform-folder.ts';
import type { Contradiction } from '../../conformance/zookeeper/replay.ts';
import { line, parse } from './fixtures.ts';

// Logs written by hand, of server 1 among the voters 1, 2 and 3, for what happens too rarely to be recorded. All votes have
// the epoch 0 unless said otherwise.

const FLE = 'FastLeaderElection';
const RECEIVER = 'FastLeaderElection$Messenger$WorkerReceiver';
export type State = 'LOOKING' | 'FOLLOWING' | 'LEADING' | 'OBSERVING';

export const boot = line('QuorumPeerMain', 'Starting quorum peer, myid=1');
export const role = (state: State) => line('QuorumPeer', state);
export const update = (leader: number, old: number, zxid = 0, oldZxid = old < 0 ? -1 : 0) =>
  line(
    FLE,
    `Updating proposal: ${leader} (newleader), ${hex(zxid)} (newzxid), ${old} (oldleader), ${hex(oldZxid)} (oldzxid)`,
  );
export const newElection = (zxid = 0) => line(FLE, `New election. My id = 1, proposed zxid=${hex(zxid)}`);
export const send = (leader: number, to: number, round = 1, zxid = 0) =>
  line(
    FLE,
    `Sending Notification: ${leader} (n.leader), ${hex(zxid)} (n.zxid), ${hex(round)} (n.round), ${to} (recipient), 1 (myid), 0x0 (n.peerEpoch) `,
  );
export const broadcast = (leader: number, round = 1, zxid = 0) =>
  [1, 2, 3].map((to) => send(leader, to, round, zxid));
export const received = (from: number, state: State, leader: number, round = 1, zxid = 0) =>
  line(
    RECEIVER,
    `Notification: my state:LOOKING; n.sid:${from}, n.state:${state}, n.leader:${leader}, n.round:${hex(round)}, n.peerEpoch:0x0, n.zxid:${hex(zxid)}, message format version:0x2, n.config version:0x0`,
  );
export const answer = (to: number, leader: number, zxid = 0) =>
  line(
    RECEIVER,
    `Sending new notification. My id =1 recipient=${to} zxid=${hex(zxid)} leader=${leader} config version = 0`,
  );
export const compare = (offered: number, current: number) =>
  line(FLE, `id: ${offered}, proposed id: ${current}, zxid: 0x0, proposed zxid: 0x0`);
export const count = (from: number, leader: number, round = 1) =>
  line(
    FLE,
    `Adding vote: from=${from}, proposed leader=${leader}, proposed zxid=0x0, proposed election epoch=${hex(round)}`,
  );
export const elected = (leader: number, state: State) =>
  line(FLE, `About to leave FLE instance: leader=${leader}, zxid=0x0, my id=1, my state=${state}`);
export const says = (message: string) => line(FLE, message);
export const reconfigured = line(RECEIVER, 'restarting leader election');

const hex = (value: number) => `0x${BigInt.asUintN(64, BigInt(value)).toString(16)}`;

/** A process that starts and enters its first election. */
export const start = [boot, role('LOOKING'), update(1, -1), newElection(), ...broadcast(1)];
/** Voting for 2 and waiting for something better: its own vote and that of 2 are in. */
export const waiting = [
  ...start,
  received(2, 'LOOKING', 2),
  compare(2, 1),
  update(2, 1),
  ...broadcast(2),
  count(2, 2),
  received(1, 'LOOKING', 2),
  compare(2, 2),
  count(1, 2),
];
export const following = [...waiting, elected(2, 'FOLLOWING'), role('FOLLOWING')];

/** What the replay says to a log: the first line that it cannot explain, or null. */
export function contradiction(
  lines: readonly string[],
): Pick<Contradiction, 'line' | 'expected' | 'situation'> | null {
  const verifier = { kind: 'majority', voters: [1, 2, 3] } as const;
  const [first] = conformLogs([parse('server-1.log', lines)], { verifier }).contradictions;
  return first ?? null;
}
