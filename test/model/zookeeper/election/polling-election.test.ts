import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  countVotes,
  type PollingVote,
  pollingAnswer,
  pollingPass,
} from '../../../../model/zookeeper/election/polling-election.ts';

const vote = (leader: number, zxid: number): PollingVote => ({ leader, zxid });
const answer = (sid: number, leader: number, zxid: number) => ({ sid, vote: vote(leader, zxid) });

describe('countVotes', () => {
  test('votes for servers that did not answer are left out', () => {
    const result = countVotes([answer(1, 3, 9), answer(2, 2, 1)]);
    expect(result).toEqual({ vote: vote(2, 1), winner: vote(2, 1), winningCount: 1, numValidVotes: 1 });
  });

  test('all votes for one server count with the largest zxid given for it', () => {
    const result = countVotes([answer(1, 2, 1), answer(2, 2, 5), answer(3, 3, 4)]);
    expect(result).toEqual({ vote: vote(2, 5), winner: vote(2, 5), winningCount: 2, numValidVotes: 3 });
  });

  test('the best vote need not be the most frequent', () => {
    const result = countVotes([answer(1, 1, 1), answer(2, 1, 1), answer(3, 3, 2)]);
    expect(result.vote).toEqual(vote(3, 2));
    expect(result.winner).toEqual(vote(1, 1));
  });
});

describe('pollingPass', () => {
  test('without a valid vote a server votes for itself again (ZOOKEEPER-569)', () => {
    expect(pollingPass([answer(1, 3, 9)], vote(1, 4), 3)).toEqual({ vote: vote(1, 4), elected: false });
  });

  test('more than half of the voting view elects', () => {
    const two = [answer(1, 2, 4), answer(2, 2, 4)];
    expect(pollingPass(two, vote(1, 4), 3)).toEqual({ vote: vote(2, 4), elected: true });
    expect(pollingPass(two, vote(1, 4), 4)).toEqual({ vote: vote(2, 4), elected: false });
  });

  test('servers that all hear each other elect the largest (zxid, id) in their second pass', () => {
    const zxids = fc.array(fc.nat(3), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(zxids, (all) => {
        const pass = (votes: readonly PollingVote[]) =>
          all.map((zxid, sid) =>
            pollingPass(
              votes.map((v, from) => ({ sid: from, vote: v })),
              vote(sid, zxid),
              all.length,
            ),
          );
        const first = pass(all.map((zxid, sid) => vote(sid, zxid)));
        const second = pass(first.map((p) => p.vote));
        const zxid = Math.max(...all);
        for (const p of second) expect(p).toEqual({ vote: vote(all.lastIndexOf(zxid), zxid), elected: true });
      }),
    );
  });
});

test('a server answers by its state', () => {
  expect(pollingAnswer(1, 'LOOKING', vote(3, 7), 5)).toEqual(answer(1, 3, 7));
  expect(pollingAnswer(1, 'LEADING', vote(3, 7), 5)).toEqual(answer(1, 1, 5));
  expect(pollingAnswer(1, 'FOLLOWING', vote(3, 7), 5)).toEqual(answer(1, 3, 5));
  expect(pollingAnswer(1, 'OBSERVING', vote(3, 7), 5)).toBeNull();
});
