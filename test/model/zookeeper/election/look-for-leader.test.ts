import { describe, expect, test } from 'vitest';
import type { Peer } from '../../../../model/zookeeper/election/ensemble.ts';
import { fleRules } from '../../../../model/zookeeper/election/fle-rules.ts';
import {
  finalizePoll,
  finishElection,
  handleNotification,
  pollTimeout,
} from '../../../../model/zookeeper/election/look-for-leader.ts';
import type { VersionedNotification } from '../../../../model/zookeeper/election/notification.ts';
import { majority } from '../../../../model/zookeeper/election/quorum-verifier.ts';
import {
  ElectionServer,
  enterElection,
  lookAgain,
  publishVote,
  startedServer,
  updateElectionVote,
} from '../../../../model/zookeeper/election/server.ts';
import {
  endsWhenAllHaveVoted,
  finalizeWithoutComparing,
  higherRoundKeepsProposal,
  strictVotesEqual,
  withoutCheckLeader,
  withoutRoundClause,
} from '../../../../model/zookeeper/election/variants.ts';
import { LONG_MIN_VALUE, NO_ZXID } from '../../../../model/zookeeper/zxid.ts';

const peer = (sid: number, given: Partial<Peer> = {}): Peer => ({
  sid,
  learnerType: 'PARTICIPANT',
  verifiers: { current: majority([0, 1, 2]) },
  lastZxid: 0,
  currentEpoch: 0,
  ...given,
});

/** A notification as FLEBackwardElectionRoundTest and FLELostMessageTest make them. */
const says = (
  state: VersionedNotification['state'],
  leader: number,
  electionEpoch: number,
  rest: Partial<VersionedNotification> = {},
): VersionedNotification => ({ state, leader, zxid: 0, electionEpoch, peerEpoch: 0, ...rest });

const entered = (p: Peer) => enterElection(startedServer(p), p);

/** Feeds notifications to a server that has just entered its first election. */
const hear = (p: Peer, heard: readonly (readonly [number, VersionedNotification])[], rules = fleRules) =>
  heard.reduce((server, [sid, n]) => handleNotification(server, sid, n, p, rules).server, entered(p));

describe("scenarios of ZooKeeper's own tests", () => {
  test('FLELostMessageTest: the looking vote that was lost does not matter, the follower elects', () => {
    const p = peer(1);
    const server = hear(p, [
      [1, says('LOOKING', 1, 1)],
      [0, says('LOOKING', 0, 1)],
      [0, says('FOLLOWING', 1, 1)],
    ]);
    expect(server.state).toBe('LEADING');
    expect(publishVote(server).currentVote).toEqual({ leader: 1, zxid: 0, peerEpoch: 0, electionEpoch: 1 });
  });

  test('FLEBackwardElectionRoundTest, first pass: followers of this round make their candidate lead', () => {
    const follows = says('FOLLOWING', 0, 1, { peerEpoch: 1 });
    const server = hear(peer(0), [
      [1, follows],
      [2, follows],
    ]);
    expect(server).toMatchObject({ state: 'LEADING', logicalclock: 1, step: 'publish' });
  });

  test('FLETest.testJoin (ZOOKEEPER-975): a late joiner with the highest id follows', () => {
    const server = hear(peer(2), [
      [2, says('LOOKING', 2, 1)],
      [0, says('FOLLOWING', 1, 1)],
      [1, says('LEADING', 1, 1)],
    ]);
    expect(server).toMatchObject({ state: 'FOLLOWING', endVote: { leader: 1 } });
  });

  test('ZOOKEEPER-975, as it was: own vote, a follower, and a vote of the leader before it led end the election', () => {
    const heard: readonly (readonly [number, VersionedNotification])[] = [
      [0, says('FOLLOWING', 1, 1)],
      [1, says('LOOKING', 1, 1)],
      [2, says('LOOKING', 2, 1)],
    ];
    expect(hear(peer(2), heard).state).toBe('LOOKING');
    expect(hear(peer(2), heard, endsWhenAllHaveVoted).state).toBe('LEADING');
  });
});

describe('LOOKING notifications', () => {
  test('a vote of a lower round is dropped', () => {
    const p = peer(0);
    const server = { ...entered(p), logicalclock: 3 };
    const handled = handleNotification(server, 2, says('LOOKING', 2, 2), p);
    expect(handled).toEqual({ server, path: 'lower round', broadcast: false, counted: false });
  });

  test('a better vote is adopted, sent on and counted', () => {
    const p = peer(0);
    const handled = handleNotification(entered(p), 2, says('LOOKING', 2, 1), p);
    expect(handled).toMatchObject({ path: 'better vote', broadcast: true, counted: true });
    expect(handled.server.proposal.leader).toBe(2);
    expect(handled.server.recvset.map((vote) => vote.sid)).toEqual([2]);
  });

  test('a worse vote is only counted', () => {
    const p = peer(2);
    const handled = handleNotification(entered(p), 0, says('LOOKING', 0, 1), p);
    expect(handled).toMatchObject({ path: 'vote', broadcast: false, counted: true });
    expect(handled.server.proposal.leader).toBe(2);
  });

  test('a higher round clears the votes and compares with the first vote, not with the present proposal', () => {
    const p = peer(1);
    const two = hear(p, [[2, says('LOOKING', 2, 1)]]);
    expect(two.proposal.leader).toBe(2);
    const handled = handleNotification(two, 0, says('LOOKING', 0, 5), p);
    expect(handled).toMatchObject({ path: 'higher round', broadcast: true, counted: true });
    expect(handled.server).toMatchObject({ logicalclock: 5, proposal: { leader: 1 } });
    expect(handled.server.recvset.map((vote) => vote.sid)).toEqual([0]);
    const seeded = handleNotification(two, 0, says('LOOKING', 0, 5), p, higherRoundKeepsProposal);
    expect(seeded.server.proposal.leader).toBe(2);
  });

  test('votes for my proposal in my round make a quorum, my own only after the message to myself', () => {
    const p = peer(2);
    const one = hear(p, [[0, says('LOOKING', 2, 1)]]);
    expect(one.step).toBe('poll');
    expect(handleNotification(one, 2, says('LOOKING', 2, 1), p).server.step).toBe('finalize');
  });

  test('a sender that changes its vote is counted once', () => {
    const server = hear(peer(2), [
      [2, says('LOOKING', 2, 1)],
      [0, says('LOOKING', 0, 1)],
      [0, says('LOOKING', 1, 1)],
    ]);
    expect(server.step).toBe('poll');
    expect(server.recvset.map((vote) => [vote.sid, vote.leader])).toEqual([
      [0, 1],
      [2, 2],
    ]);
  });

  test.each<[string, Peer, number, VersionedNotification]>([
    ['not a voter', peer(0), 7, says('LOOKING', 2, 1)],
    ['not a voter', peer(0), 2, says('LOOKING', 7, 1)],
    ['not a voter', peer(0), 2, says('LEADING', LONG_MIN_VALUE, 1)],
    ['observer', peer(0), 2, says('OBSERVING', 1, 1)],
    ['no data', peer(0, { lastZxid: NO_ZXID }), 2, says('LOOKING', 2, 1)],
    ['no data', peer(0), 2, says('LOOKING', 2, 1, { zxid: NO_ZXID })],
  ])('%s: ignored', (path, p, sid, n) => {
    const server = entered(p);
    expect(handleNotification(server, sid, n, p)).toEqual({ server, path, broadcast: false, counted: false });
  });

  test('a voter of the next configuration counts', () => {
    const p = peer(0, { verifiers: { current: majority([0, 1, 2]), next: majority([0, 1, 3]) } });
    expect(handleNotification(entered(p), 3, says('LOOKING', 3, 1), p).path).toBe('better vote');
  });
});

describe('FOLLOWING and LEADING notifications', () => {
  test('a dead leader is not elected on hearsay', () => {
    const heard: readonly (readonly [number, VersionedNotification])[] = [
      [0, says('FOLLOWING', 2, 1)],
      [1, says('FOLLOWING', 2, 1)],
    ];
    const p = peer(1, { verifiers: { current: majority([0, 1, 2, 3, 4]) } });
    const all = [...heard, [3, says('FOLLOWING', 2, 1)] as const];
    expect(hear(p, all).state).toBe('LOOKING');
    expect(hear(p, all, withoutCheckLeader).state).toBe('FOLLOWING');
    expect(hear(p, [...all, [2, says('LEADING', 2, 1)]]).state).toBe('FOLLOWING');
  });

  test('joining a running ensemble takes over its round, backwards too', () => {
    const p = peer(0);
    const server = { ...entered(p), logicalclock: 9 };
    const one = handleNotification(server, 1, says('FOLLOWING', 2, 4), p);
    expect(one.path).toBe('out of election');
    const two = handleNotification(one.server, 2, says('LEADING', 2, 4), p);
    expect(two.path).toBe('joined');
    expect(two.server).toMatchObject({ state: 'FOLLOWING', logicalclock: 4, endVote: { electionEpoch: 4 } });
  });

  test('supporters whose zxid and round differ are joined (ZOOKEEPER-1805), as before the repair they are not', () => {
    const p = peer(0);
    const heard: readonly (readonly [number, VersionedNotification])[] = [
      [1, says('FOLLOWING', 2, 4, { zxid: 8, peerEpoch: 3 })],
      [2, says('LEADING', 2, 6, { zxid: 9, peerEpoch: 3 })],
    ];
    expect(hear(p, heard)).toMatchObject({ state: 'FOLLOWING', logicalclock: 6 });
    expect(hear(p, heard, strictVotesEqual).state).toBe('LOOKING');
  });

  test('in my own round the epochs of supporters are not compared: recvset keeps no version', () => {
    const p = peer(0);
    const heard: readonly (readonly [number, VersionedNotification])[] = [
      [1, says('FOLLOWING', 2, 1, { peerEpoch: 3 })],
      [2, says('LEADING', 2, 1, { peerEpoch: 4 })],
    ];
    expect(hear(p, heard)).toMatchObject({ state: 'FOLLOWING' });
    expect(
      hear(
        { ...p },
        heard.map(([sid, n]) => [sid, { ...n, electionEpoch: 2 }] as const),
      ).state,
    ).toBe('LOOKING');
  });

  test('a LOOKING vote of my round supports a leader only if all fields agree', () => {
    const p = peer(0);
    const leads = [2, says('LEADING', 2, 1, { peerEpoch: 1 })] as const;
    expect(hear(p, [[1, says('LOOKING', 2, 1)], leads]).state).toBe('LOOKING');
    expect(hear(p, [[1, says('LOOKING', 2, 1, { peerEpoch: 1 })], leads]).state).toBe('FOLLOWING');
  });

  test('LOOKING votes are not remembered out of election', () => {
    const p = peer(0);
    const server = hear(p, [
      [1, says('LOOKING', 2, 1)],
      [2, says('LEADING', 2, 7)],
    ]);
    expect(server.outofelection.map((vote) => vote.sid)).toEqual([2]);
    expect(server.state).toBe('LOOKING');
  });

  test('followers of an old round do not make me lead (ZOOKEEPER-1514); before the repair they set my round back', () => {
    const p = peer(0);
    const server = { ...entered(p), logicalclock: 2 };
    const run = (rules = fleRules) =>
      [1, 2].reduce((s, sid) => handleNotification(s, sid, says('FOLLOWING', 0, 1), p, rules).server, server);
    expect(run()).toMatchObject({ state: 'LOOKING', logicalclock: 2 });
    expect(run(withoutRoundClause)).toMatchObject({ state: 'LEADING', logicalclock: 1 });
  });

  test('an oracle that refuses sends the server to whoever leads, without a quorum (ZOOKEEPER-3922)', () => {
    const oracle = (needOracle: boolean, grants: boolean) =>
      peer(0, { verifiers: { current: { kind: 'oracle', voters: [0, 1], needOracle, grants } } });
    const leads = says('LEADING', 1, 5);
    const p = oracle(true, false);
    expect(handleNotification(entered(p), 1, leads, p)).toMatchObject({
      path: 'joined by oracle',
      server: { state: 'FOLLOWING', logicalclock: 1, endVote: { leader: 1, electionEpoch: 5 } },
    });
    expect(hear(oracle(false, false), [[1, leads]]).state).toBe('LOOKING');
    expect(hear(p, [[1, says('FOLLOWING', 1, 5)]]).state).toBe('LOOKING');
  });
});

describe('the finalize wait', () => {
  const p = peer(1);
  const waiting = hear(p, [
    [1, says('LOOKING', 1, 1)],
    [0, says('LOOKING', 1, 1)],
  ]);

  test('a better vote is put back and looked at again, whatever its round and state', () => {
    for (const n of [says('LOOKING', 2, 1), says('LOOKING', 2, 0), says('FOLLOWING', 2, 9)]) {
      expect(finalizePoll(waiting, n, p)).toEqual({ server: { ...waiting, step: 'poll' }, putBack: true });
    }
    expect(finalizePoll(waiting, says('LOOKING', 2, 1), p, finalizeWithoutComparing).putBack).toBe(false);
  });

  test('anything else is thrown away, a message of the leader too', () => {
    for (const n of [says('LOOKING', 0, 1), says('LEADING', 1, 1), says('LOOKING', 1, 7)]) {
      expect(finalizePoll(waiting, n, p)).toEqual({ server: waiting, putBack: false });
    }
  });

  test('after it the server leaves with its proposal and the tables are gone', () => {
    const left = finishElection(waiting, p);
    expect(left).toMatchObject({ state: 'LEADING', step: 'publish', recvset: [], outofelection: [] });
    expect(left.endVote).toEqual({ leader: 1, zxid: 0, peerEpoch: 0, electionEpoch: 1 });
    expect(left.currentVote).toEqual(waiting.currentVote);
  });

  test('no leader has to say that it leads: one may follow a server that never does', () => {
    const follower = hear(peer(0), [
      [0, says('LOOKING', 1, 1)],
      [1, says('LOOKING', 1, 1)],
    ]);
    expect(finishElection(follower, peer(0)).state).toBe('FOLLOWING');
  });
});

describe("an observer's election", () => {
  const p = peer(5, { learnerType: 'OBSERVER', lastZxid: 7, currentEpoch: 1 });

  test('its vote loses against any other', () => {
    const server = entered(p);
    expect(server.proposal).toEqual({
      leader: LONG_MIN_VALUE,
      zxid: LONG_MIN_VALUE,
      peerEpoch: LONG_MIN_VALUE,
    });
    expect(handleNotification(server, 0, says('LOOKING', 0, 1), p).path).toBe('better vote');
  });

  test('it ends in OBSERVING', () => {
    const server = hear(p, [
      [0, says('FOLLOWING', 2, 3)],
      [2, says('LEADING', 2, 3)],
    ]);
    expect(server.state).toBe('OBSERVING');
  });
});

describe('the life of a server', () => {
  test('the round survives elections; the new vote is published after the new state', () => {
    const p = peer(1, { lastZxid: 4, currentEpoch: 1 });
    const left = finishElection(hear(p, [[1, says('LOOKING', 1, 1, { zxid: 4, peerEpoch: 1 })]]), p);
    expect(left.currentVote.electionEpoch).toBe(-1);
    const leading = updateElectionVote(publishVote(left), 2);
    expect(leading).toMatchObject({ step: 'out', endVote: null });
    expect(leading.currentVote).toEqual({ leader: 1, zxid: 4, peerEpoch: 2, electionEpoch: 1 });
    expect(publishVote(leading)).toBe(leading);
    const again = enterElection(lookAgain(leading), p);
    expect(again).toMatchObject({ state: 'LOOKING', logicalclock: 2, currentVote: { peerEpoch: 2 } });
    expect(ElectionServer.parse(again)).toEqual(again);
  });

  test('a timeout ends an election only when an oracle has come to grant it', () => {
    const heard: readonly (readonly [number, VersionedNotification])[] = [[0, says('LOOKING', 0, 1)]];
    const asking = (grants: boolean) =>
      peer(0, { verifiers: { current: { kind: 'oracle', voters: [0, 1], needOracle: true, grants } } });
    const server = hear(asking(false), heard);
    expect(pollTimeout(server, asking(false))).toBe(server);
    expect(pollTimeout(server, asking(true)).state).toBe('LEADING');
    const one = hear(peer(0), heard);
    expect(pollTimeout(one, peer(0))).toBe(one);
  });
});
