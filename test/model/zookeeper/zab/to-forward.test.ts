import { describe, expect, test } from 'vitest';
import { toForward } from '../../../../model/zookeeper/zab/to-forward.ts';
import { makeZxid } from '../../../../model/zookeeper/zxid.ts';

const txn = (counter: number) => ({ zxid: makeZxid(1, counter), value: counter });
const [a, b, c, d] = [txn(1), txn(2), txn(3), txn(4)];
const underWay = {
  toBeApplied: [a, b],
  outstandingProposals: [
    { txn: c, acks: [1] },
    { txn: d, acks: [] },
  ],
};

describe('Leader.startForwarding', () => {
  test.each([
    ['nothing that the sync has brought', makeZxid(1, 4), { committed: [], proposed: [] }],
    ['what was proposed after it', makeZxid(1, 3), { committed: [], proposed: [d] }],
    ['all that is outstanding', makeZxid(1, 2), { committed: [], proposed: [c, d] }],
    ['what is committed and not applied', makeZxid(1, 1), { committed: [b], proposed: [c, d] }],
    ['all of it', makeZxid(1, 0), { committed: [a, b], proposed: [c, d] }],
  ])('to a follower: %s', (_, forwardFrom, forwarded) => {
    expect(toForward(underWay, forwardFrom, true)).toEqual(forwarded);
  });

  test('to an observer: what is committed alone', () => {
    expect(toForward(underWay, makeZxid(1, 1), false)).toEqual({ committed: [b], proposed: [] });
  });
});
