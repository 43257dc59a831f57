import { describe, expect, test } from 'vitest';
import type { Peer } from '../../../../model/zookeeper/election/ensemble.ts';
import type { Notification } from '../../../../model/zookeeper/election/notification.ts';
import { majority } from '../../../../model/zookeeper/election/quorum-verifier.ts';
import { receiverThread } from '../../../../model/zookeeper/election/receive.ts';
import { type ElectionServer, startedServer } from '../../../../model/zookeeper/election/server.ts';

const peer: Peer = {
  sid: 1,
  learnerType: 'PARTICIPANT',
  verifiers: { current: majority([0, 1, 2]) },
  lastZxid: 0,
  currentEpoch: 0,
};
const OBSERVER = 5;
const server: ElectionServer = {
  ...startedServer(peer),
  logicalclock: 4,
  step: 'poll',
  proposal: { leader: 1, zxid: 3, peerEpoch: 1 },
  currentVote: { leader: 2, zxid: 2, electionEpoch: 2, peerEpoch: 1 },
};
const asks = (state: Notification['state'], electionEpoch: number): Notification => ({
  state,
  leader: 0,
  zxid: 0,
  electionEpoch,
  peerEpoch: 0,
});

describe('a LOOKING server', () => {
  test('hands every message of a voter to its election', () => {
    for (const state of ['LOOKING', 'FOLLOWING', 'LEADING', 'OBSERVING'] as const) {
      expect(receiverThread(server, 0, asks(state, 4), peer)).toEqual({
        enqueue: true,
        reply: null,
        lookingAgain: false,
      });
    }
  });

  test('tells a LOOKING voter of a lower round its proposal and round', () => {
    expect(receiverThread(server, 0, asks('LOOKING', 3), peer)).toEqual({
      enqueue: true,
      reply: { state: 'LOOKING', leader: 1, zxid: 3, peerEpoch: 1, electionEpoch: 4 },
      lookingAgain: false,
    });
    expect(receiverThread(server, 0, asks('FOLLOWING', 3), peer).reply).toBeNull();
  });

  test('answers an observer with its last vote, not its proposal, and with its present round', () => {
    expect(receiverThread(server, OBSERVER, asks('LOOKING', 1), peer)).toEqual({
      enqueue: false,
      reply: { state: 'LOOKING', leader: 2, zxid: 2, peerEpoch: 1, electionEpoch: 4 },
      lookingAgain: false,
    });
  });
});

describe('a server that is not LOOKING', () => {
  const following: ElectionServer = { ...server, state: 'FOLLOWING', step: 'out' };

  test('answers a LOOKING voter with its vote and the round of that vote', () => {
    expect(receiverThread(following, 0, asks('LOOKING', 9), peer)).toEqual({
      enqueue: false,
      reply: { state: 'FOLLOWING', leader: 2, zxid: 2, peerEpoch: 1, electionEpoch: 2 },
      lookingAgain: false,
    });
  });

  test('answers an observer with its vote and its present round', () => {
    expect(receiverThread(following, OBSERVER, asks('LOOKING', 9), peer).reply).toMatchObject({
      state: 'FOLLOWING',
      electionEpoch: 4,
    });
  });

  test('ignores servers that have left their election', () => {
    expect(receiverThread(following, 0, asks('LEADING', 2), peer)).toEqual({
      enqueue: false,
      reply: null,
      lookingAgain: false,
    });
  });

  test('notes who looks again, if it leads (ZOOKEEPER-3109)', () => {
    expect(receiverThread({ ...following, state: 'LEADING' }, 0, asks('LOOKING', 5), peer).lookingAgain).toBe(
      true,
    );
    expect(receiverThread(following, 0, asks('LOOKING', 5), peer).lookingAgain).toBe(false);
  });

  test('between its new state and its new vote it answers with the new state and the old vote', () => {
    const gap: ElectionServer = {
      ...following,
      step: 'publish',
      endVote: { leader: 1, zxid: 3, peerEpoch: 1, electionEpoch: 4 },
    };
    expect(receiverThread(gap, 0, asks('LOOKING', 4), peer).reply).toMatchObject({
      state: 'FOLLOWING',
      leader: 2,
    });
  });
});
