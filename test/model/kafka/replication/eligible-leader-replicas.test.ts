import { describe, expect, test } from 'vitest';
import {
  afterElection,
  changeIsr,
  type Election,
  electLeader,
} from '../../../../model/kafka/replication/eligible-leader-replicas.ts';

// Facts of Kafka's PartitionChangeBuilderTest; min.insync.replicas is 3.

describe('changeIsr', () => {
  test.each([
    [
      'who leaves an ISR that gets too small is eligible',
      { isr: [1, 2, 3, 4], elr: [], lastKnownElr: [] },
      [1, 2],
      { isr: [1, 2], elr: [3, 4], lastKnownElr: [] },
    ],
    [
      'who was eligible stays so, and the last known are kept',
      { isr: [1], elr: [3], lastKnownElr: [2] },
      [1, 4],
      { isr: [1, 4], elr: [3], lastKnownElr: [2] },
    ],
    [
      'an ISR that is large enough needs no others',
      { isr: [1], elr: [3], lastKnownElr: [2] },
      [1, 3, 4],
      { isr: [1, 3, 4], elr: [], lastKnownElr: [] },
    ],
  ])('%s', (_fact, before, isr, after) => {
    expect(changeIsr(before, isr, 3)).toEqual(after);
  });

  test('a broker that restarted without a clean shutdown is not eligible, only last known', () => {
    expect(changeIsr({ isr: [1, 2], elr: [3], lastKnownElr: [] }, [1], 3, [2])).toEqual({
      isr: [1],
      elr: [3],
      lastKnownElr: [2],
    });
  });
});

describe('election', () => {
  test('the leader dies: the eligible replica leads, and the dead one becomes eligible', () => {
    const candidates = changeIsr({ isr: [1], elr: [3], lastKnownElr: [] }, [], 3);
    const elected = electLeader({
      kind: 'ONLINE',
      replicas: [1, 2, 3],
      leader: 1,
      candidates,
      isAcceptable: (replica) => replica !== 1,
    });
    expect(elected).toEqual({ leader: 3, unclean: false });
    if (elected === undefined) return;
    expect(afterElection(candidates, elected, 3)).toEqual({ isr: [3], elr: [1], lastKnownElr: [] });
  });

  test('with nobody left the last known leader leads, if that is enabled, and its log is suspect', () => {
    const candidates = { isr: [], elr: [], lastKnownElr: [1] };
    const election: Election = {
      kind: 'ONLINE',
      replicas: [1, 2, 3],
      leader: null,
      candidates,
      isAcceptable: () => true,
    };
    expect(electLeader(election)).toBeUndefined();
    const elected = electLeader({ ...election, lastKnownLeaderEnabled: true });
    expect(elected).toEqual({ leader: 1, unclean: true });
    if (elected === undefined) return;
    expect(afterElection(candidates, elected, 3)).toEqual({ isr: [1], elr: [], lastKnownElr: [] });
  });

  test.each<[Election['kind'], number[], ReturnType<typeof electLeader>]>([
    ['PREFERRED', [2, 1, 3], { leader: 2, unclean: false }],
    ['ONLINE', [2, 1, 3], { leader: 1, unclean: false }],
    ['UNCLEAN', [2, 1, 3], { leader: 1, unclean: false }],
    ['ONLINE', [3], undefined],
    ['UNCLEAN', [3], { leader: 2, unclean: true }],
  ])('%s with target ISR %j, leader 1, broker 3 not acceptable', (kind, isr, expected) => {
    const elected = electLeader({
      kind,
      replicas: [2, 1, 3],
      leader: 1,
      candidates: { isr, elr: [], lastKnownElr: [] },
      isAcceptable: (replica) => replica !== 3,
    });
    expect(elected).toEqual(expected);
  });
});
