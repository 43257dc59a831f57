import { describe, expect, test } from 'vitest';
import { conformLogs } from '../../conformance/conform-folder.ts';
import { parse } from './fixtures.ts';
import {
  answer,
  boot,
  broadcast,
  compare,
  contradiction,
  count,
  elected,
  following,
  newElection,
  received,
  reconfigured,
  role,
  says,
  send,
  start,
  update,
  waiting,
} from './written-log.ts';

/** That a log is explained, or that its last line is the first that is not, with what was expected there. */
const agrees = (...lines: string[]) => expect(contradiction(lines)).toBeNull();
const fails = (lines: readonly string[], ...expected: string[]) => {
  const found = contradiction(lines);
  expect(found?.line).toBe(lines.length);
  expect(found?.expected).toEqual(expected.map((each) => expect.stringContaining(each)));
};

describe('the queue', () => {
  test('is first in, first out', () => {
    const two = [...start, received(1, 'LOOKING', 1), received(3, 'LOOKING', 1)];
    agrees(...two, compare(1, 1), count(1, 1), compare(1, 1), count(3, 1));
    fails([...two, compare(1, 1), count(3, 1)], 'Adding vote: from=1');
  });

  test('a vote that was not received cannot be counted', () => {
    fails([...start, compare(2, 1)], 'Notification time out', 'Sending Notification: 1');
  });

  test('a message in the queue ends a wait, unless it may have come after it', () => {
    agrees(...waiting, received(3, 'LOOKING', 1), elected(2, 'FOLLOWING'));
    const [last = '', ...before] = waiting.toReversed();
    const queued = [...before.toReversed(), received(3, 'LOOKING', 1), received(2, 'LOOKING', 2), last];
    agrees(...queued, compare(1, 2), compare(2, 2), elected(2, 'FOLLOWING'));
    fails([...queued, elected(2, 'FOLLOWING')], 'id: 1, proposed id: 2');
  });

  test('a better vote goes back to its end, before or after what comes meanwhile', () => {
    const back = [...waiting, received(3, 'LOOKING', 3), compare(3, 2), received(1, 'LOOKING', 1)];
    agrees(...back, compare(3, 2), update(3, 2), ...broadcast(3), count(3, 3), compare(1, 3), count(1, 1));
    agrees(...back, compare(1, 2), count(1, 1), compare(3, 2), update(3, 2));
    fails([...back, compare(1, 2), compare(3, 2)], 'Adding vote: from=1');
  });

  test('is emptied when an election ends, but for a message whose receiver was late', () => {
    const again = [role('LOOKING'), update(1, 2), newElection(), ...broadcast(1, 2)];
    const late = [
      ...waiting,
      received(3, 'LOOKING', 1, 2),
      elected(2, 'FOLLOWING'),
      role('FOLLOWING'),
      ...again,
    ];
    agrees(...late, compare(1, 1), count(3, 1, 2));
    agrees(...late, says('Notification time out: 400 ms'));
    const inTime = [
      ...waiting,
      received(3, 'LOOKING', 1, 2),
      received(3, 'LOOKING', 1, 2),
      elected(2, 'FOLLOWING'),
    ];
    agrees(...inTime, role('FOLLOWING'), ...again, compare(1, 1), count(3, 1, 2));
    fails(
      [...inTime, role('FOLLOWING'), ...again, compare(1, 1), count(3, 1, 2), compare(1, 1)],
      'time out',
      'Sending',
    );
  });
});

describe('answers', () => {
  test('carry the old vote until the new one is published, and then the new one', () => {
    const left = [...waiting, elected(2, 'FOLLOWING'), received(3, 'LOOKING', 3)];
    agrees(...left, answer(3, 1));
    agrees(...left, answer(3, 2));
    const out = [...following, received(3, 'LOOKING', 3)];
    agrees(...out, answer(3, 2));
    fails([...out, answer(3, 1)], 'Sending new notification to 3: leader 2');
  });

  test('are owed to voters that look', () => {
    const out = [...following, received(3, 'LOOKING', 3)];
    fails([...out, answer(2, 2)], 'Sending new notification to 3: leader 2');
    fails([...following, received(2, 'LEADING', 2), answer(2, 2)]);
  });

  test('a server may be LOOKING before it says so', () => {
    const again = [role('LOOKING'), update(1, 2), newElection(), ...broadcast(1, 2)];
    agrees(...following, received(3, 'LOOKING', 1, 2), ...again, compare(1, 1), count(3, 1, 2));
  });
});

describe('servers out of election', () => {
  const running = [...start, received(3, 'FOLLOWING', 2, 4), received(2, 'LEADING', 2, 4)];

  test('are joined without a word about them, and their round is taken over', () => {
    const joined = [...running, elected(2, 'FOLLOWING'), role('FOLLOWING'), role('LOOKING')];
    agrees(...joined, update(1, 1), newElection(), ...broadcast(1, 5));
    fails([...joined, update(1, 1), newElection(), send(1, 1, 2)], '0x5 (n.round)');
  });

  test('a leader that is not joined is told of, in releases that speak of the oracle', () => {
    const lone = [...start, received(2, 'LEADING', 2, 4)];
    const again = [received(2, 'LEADING', 2, 4), received(1, 'LOOKING', 1)];
    const oracle = says('Oracle indicates not to follow');
    agrees(...lone, ...again, compare(1, 1));
    agrees(...lone, oracle, ...again, oracle, compare(1, 1));
    fails([...lone, oracle, ...again, compare(1, 1)], 'Oracle indicates not to follow');
    fails(
      [...start, received(3, 'FOLLOWING', 2, 4), oracle],
      'Notification time out',
      'Sending Notification: 1',
    );
  });
});

describe('broadcasts', () => {
  test('go to every voter, in any order', () => {
    const entered = [boot, role('LOOKING'), update(1, -1), newElection()];
    agrees(...entered, send(1, 3), send(1, 1), send(1, 2), says('Notification time out: 400 ms'));
    fails([...entered, send(1, 3), send(1, 1), says('Notification time out: 400 ms')], '2 (recipient)');
    fails([...entered, send(1, 3), send(1, 3)], '1 or 2 (recipient)');
    fails([...entered, send(1, 9)], '1 or 2 or 3 (recipient)');
  });

  test('may be cut short by a crash, and the next process starts over', () => {
    agrees(...start.slice(0, -2), ...start);
    const [, second] = [start, start.with(-1, send(1, 3, 2))];
    fails([...start.slice(0, -2), ...second], '0x1 (n.round)');
  });

  test('are repeated after a timeout, or not', () => {
    const timeout = says('Notification time out: 400 ms');
    agrees(...start, ...broadcast(1), timeout, timeout, ...broadcast(1), timeout);
    fails([...start, ...broadcast(1), ...broadcast(1).slice(0, 1)], 'Notification time out');
  });
});

describe('what an election ignores', () => {
  test('is told of, with its reason', () => {
    agrees(
      ...start,
      received(2, 'LOOKING', 9),
      says('Ignoring notification for non-cluster member sid 9 from sid 2'),
    );
    agrees(
      ...start,
      received(2, 'LOOKING', 2, 1, -1),
      says('Ignoring notification from member with -1 zxid 2'),
    );
    agrees(...start, received(2, 'OBSERVING', 2), says('Notification from observer: 2'));
    agrees(
      ...start,
      received(2, 'LOOKING', 2, 0),
      says(
        'Notification election epoch is smaller than logicalclock. n.electionEpoch = 0x0, logicalclock=0x1',
      ),
    );
  });

  test('a server without data ignores all votes', () => {
    const empty = [boot, role('LOOKING'), update(1, -1, -1), newElection(-1), ...broadcast(1, 1, -1)];
    agrees(...empty, received(2, 'LOOKING', 2), says('Ignoring notification as our zxid is -1'));
  });
});

describe('a higher round', () => {
  test('is compared with the first vote', () => {
    const higher = [...waiting.slice(0, 13), received(3, 'LOOKING', 1, 3)];
    fails([...higher, compare(1, 2)], 'Adding vote: from=2');
    const [voted] = [[...waiting.slice(0, 14), received(3, 'LOOKING', 1, 3)]];
    agrees(...voted, compare(1, 1), update(1, 2), ...broadcast(1, 3), count(3, 1, 3));
  });
});

describe('what is not known', () => {
  test('lines before the first start and after a reconfiguration are skipped, and told of', () => {
    const lines = [count(3, 3), ...start, reconfigured, count(3, 3), ...start];
    const report = conformLogs([parse('server-1.log', lines)]);
    expect(report.verdict).toBe('agrees');
    expect(report.servers[0]).toMatchObject({ incarnations: 2, skipped: 2 });
    expect(report.warnings).toEqual([expect.stringMatching(/^server-1\.log: 2 lines were skipped/)]);
  });
});
