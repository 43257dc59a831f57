import { describe, expect, test } from 'vitest';
import { LogError } from '../../conformance/log-error.ts';
import { parseLine } from '../../conformance/zookeeper/log-line.ts';
import { parseServerLog, readEvent } from '../../conformance/zookeeper/server-log.ts';
import { LONG_MIN_VALUE } from '../../model/zookeeper/zxid.ts';
import { line } from './fixtures.ts';

const FLE = 'FastLeaderElection';
const RECEIVER = 'FastLeaderElection$Messenger$WorkerReceiver';
const event = (text: string) => {
  const parsed = parseLine(text);
  return parsed && readEvent(parsed, 1, 'server.log');
};

describe('the layout of a line', () => {
  test.each([
    [
      'log4j, with a thread name full of brackets and colons',
      '2026-11-21 23:42:28,936 [myid:1] - DEBUG [QuorumPeer[myid=1](plain=127.0.0.1:44263)(secure=disabled):FastLeaderElection@817] - a: b',
      { source: 'FastLeaderElection', message: 'a: b', time: Date.UTC(2026, 10, 21, 23, 42, 28, 936) },
    ],
    [
      'logback, whose class has the initials of its package',
      '2026-11-21 23:42:28,936 [myid:] - INFO  [QuorumPeer[myid=1](plain=[0:0:0:0:0:0:0:0]:2181)(secure=disabled):o.a.z.s.q.QuorumPeer@917] - LOOKING',
      { source: 'QuorumPeer', message: 'LOOKING', time: Date.UTC(2026, 10, 21, 23, 42, 28, 936) },
    ],
  ])('%s', (_layout, text, expected) => {
    expect(parseLine(text)).toEqual(expected);
  });

  test.each([
    'java.io.EOFException',
    '\tat java.base/java.lang.Thread.run(Thread.java:840)',
    '',
    'x'.repeat(10_000),
  ])('anything else is no line of ZooKeeper: %.20s', (text) => expect(parseLine(text)).toBeUndefined());
});

describe('what a line tells', () => {
  test.each<[string, string, object]>([
    ['QuorumPeerMain', 'Starting quorum peer, myid=3', { type: 'boot', sid: 3 }],
    [
      'ZKDatabase',
      'Snapshot loaded in 74 ms, highest zxid is 0x10000000b, digest is 1371985504',
      { type: 'loaded', zxid: 0x10000000b },
    ],
    ['QuorumPeer', 'OBSERVING', { type: 'role', state: 'OBSERVING' }],
    [
      FLE,
      'New election. My id = 1, proposed zxid=0x10000000d',
      { type: 'newElection', sid: 1, zxid: 0x10000000d },
    ],
    [
      FLE,
      'Updating proposal: 1 (newleader), 0x0 (newzxid), -1 (oldleader), 0xffffffffffffffff (oldzxid)',
      { type: 'update', leader: 1, zxid: 0, oldLeader: -1, oldZxid: -1 },
    ],
    [
      FLE,
      'Sending Notification: 2 (n.leader), 0x0 (n.zxid), 0x1 (n.round), 3 (recipient), 1 (myid), 0xa (n.peerEpoch) ',
      { type: 'send', leader: 2, zxid: 0, round: 1, to: 3, peerEpoch: 10 },
    ],
    [
      FLE,
      'Sending Notification: 2 (n.leader), 0x0 (n.zxid), 0xa (n.peerEpoch), 0x1 (n.round), 3 (recipient), 1 (myid) ',
      { type: 'send', leader: 2, zxid: 0, round: 1, to: 3, peerEpoch: 10 },
    ],
    [
      FLE,
      'Sending Notification: -9223372036854775808 (n.leader), 0x8000000000000000 (n.zxid), 0x1 (n.round), 3 (recipient), 4 (myid), 0x8000000000000000 (n.peerEpoch) ',
      {
        type: 'send',
        leader: LONG_MIN_VALUE,
        zxid: LONG_MIN_VALUE,
        round: 1,
        to: 3,
        peerEpoch: LONG_MIN_VALUE,
      },
    ],
    [
      FLE,
      'id: 3, proposed id: 1, zxid: 0x5, proposed zxid: 0x6',
      { type: 'compare', newId: 3, curId: 1, newZxid: 5, curZxid: 6 },
    ],
    [
      FLE,
      'id: 3, proposed id: 1, zxid: 0x5, proposed zxid: 0x6, epoch: 0x2, proposed epoch: 0x1',
      { type: 'compare', newId: 3, curId: 1, newZxid: 5, curZxid: 6, newEpoch: 2, curEpoch: 1 },
    ],
    [
      FLE,
      'Adding vote: from=3, proposed leader=2, proposed zxid=0x5, proposed election epoch=0x7',
      { type: 'count', from: 3, leader: 2, zxid: 5, round: 7 },
    ],
    [
      FLE,
      'Notification election epoch is smaller than logicalclock. n.electionEpoch = 0x1, logicalclock=0x2',
      { type: 'lowerRound', round: 1, clock: 2 },
    ],
    [FLE, 'Ignoring notification as our zxid is -1', { type: 'noData', from: null }],
    [FLE, 'Ignoring notification from member with -1 zxid 2', { type: 'noData', from: 2 }],
    [FLE, 'Notification from observer: 2', { type: 'observer', from: 2 }],
    [
      FLE,
      'Ignoring notification for non-cluster member sid 9 from sid 2',
      { type: 'strangeLeader', leader: 9, from: 2 },
    ],
    [
      FLE,
      'Ignoring notification for sid 2 from non-quorum member sid 9',
      { type: 'strangeSender', leader: 2, from: 9 },
    ],
    [FLE, 'Oracle indicates not to follow', { type: 'oracle', follow: false }],
    [FLE, 'Notification time out: 400 ms', { type: 'timeout' }],
    [FLE, 'Notification time out: 400', { type: 'timeout' }],
    [
      FLE,
      'About to leave FLE instance: leader=2, zxid=0x0, my id=2, my state=LEADING',
      { type: 'elected', leader: 2, zxid: 0, sid: 2, state: 'LEADING' },
    ],
    [
      RECEIVER,
      'Notification: my state:LOOKING; n.sid:2, n.state:LEADING, n.leader:2, n.round:0x1, n.peerEpoch:0x3, n.zxid:0x4, message format version:0x2, n.config version:0x0',
      {
        type: 'received',
        from: 2,
        notification: { state: 'LEADING', leader: 2, zxid: 4, peerEpoch: 3, electionEpoch: 1, version: 2 },
      },
    ],
    [
      RECEIVER,
      'Sending new notification. My id =1 recipient=3 zxid=0x4 leader=2 config version = 0',
      { type: 'answer', to: 3, zxid: 4, leader: 2 },
    ],
    [RECEIVER, 'restarting leader election', { type: 'reconfigured' }],
    ['QuorumPeer', 'Restarting Leader Election', { type: 'reconfigured' }],
  ])('%s: %s', (source, message, expected) => {
    expect(event(line(source, message))).toMatchObject({ ...expected, line: 1, text: message });
  });

  test('lines of other classes, and other lines of these, tell nothing', () => {
    expect(event(line('Leader', 'LEADING - LEADER ELECTION TOOK - 5 MS'))).toBeUndefined();
    expect(event(line('QuorumPeer', 'Peer state changed: looking'))).toBeUndefined();
    expect(event(line(FLE, 'I am a participant: 1'))).toBeUndefined();
  });
});

describe('a damaged log', () => {
  const boot = line('QuorumPeerMain', 'Starting quorum peer, myid=1');
  const cut = line(FLE, 'Adding vote: from=3, proposed lea');

  test('a line that does not go on as it begins is an error with its place', () => {
    expect(() => parseServerLog('s.log', [boot, cut, boot])).toThrow(
      new LogError('s.log:2 is damaged: Adding vote: from=3, proposed lea'),
    );
  });

  test('except at the end, where a copy may have been cut', () => {
    expect(parseServerLog('s.log', [boot, cut])?.events).toHaveLength(1);
  });

  test('a zxid beyond any real one is an error', () => {
    const huge = line(FLE, 'New election. My id = 1, proposed zxid=0x7fffffffffffffff');
    expect(() => parseServerLog('s.log', [boot, huge])).toThrow(
      /^s\.log:2 holds a number beyond any real one/,
    );
  });

  test('a state that does not exist is an error', () => {
    const odd = line(FLE, 'About to leave FLE instance: leader=2, zxid=0x0, my id=2, my state=SLEEPING');
    expect(() => parseServerLog('s.log', [boot, odd])).toThrow(
      new LogError('s.log:2 is damaged: it names a server state that does not exist'),
    );
  });

  test('a log of two servers is an error', () => {
    const other = line('QuorumPeerMain', 'Starting quorum peer, myid=2');
    expect(() => parseServerLog('s.log', [boot, other])).toThrow(
      new LogError('s.log mixes the logs of the servers 1 and 2'),
    );
  });

  test('a log without any start or election of a server is none', () => {
    expect(parseServerLog('audit.log', [line('ZKAuditProvider', 'x'), 'y'])).toBeUndefined();
  });
});
