import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  counterOf,
  epochOf,
  formatZxid,
  LONG_MIN_VALUE,
  MAX_EPOCH,
  makeZxid,
  NO_ZXID,
  Zxid,
} from '../../../model/zookeeper/zxid.ts';

const epochs = fc.integer({ min: 0, max: MAX_EPOCH });
const counters = fc.integer({ min: 0, max: 2 ** 32 - 1 });

test('a zxid holds its epoch and counter exactly, up to the largest epoch', () => {
  fc.assert(
    fc.property(epochs, counters, (epoch, counter) => {
      const zxid = makeZxid(epoch, counter);
      expect([epochOf(zxid), counterOf(zxid)]).toEqual([epoch, counter]);
      expect(Zxid.safeParse(zxid).success).toBe(true);
    }),
  );
});

test('zxids are ordered by epoch, then counter', () => {
  fc.assert(
    fc.property(epochs, counters, epochs, counters, (e1, c1, e2, c2) => {
      expect(makeZxid(e1, c1) < makeZxid(e2, c2)).toBe(e1 < e2 || (e1 === e2 && c1 < c2));
    }),
  );
});

test.each([
  [makeZxid(1, 2), '0x100000002'],
  [makeZxid(0, 0), '0x0'],
  [makeZxid(15, 0xffffffff), '0xfffffffff'],
  [NO_ZXID, '0xffffffffffffffff'],
  [LONG_MIN_VALUE, '0x8000000000000000'],
])('%d is printed as ZooKeeper prints it', (zxid, text) => {
  expect(formatZxid(zxid)).toBe(text);
});

test.each([
  [-1, 0],
  [MAX_EPOCH + 1, 0],
  [0, -1],
  [0, 2 ** 32],
  [0.5, 0],
])('epoch %d with counter %d is refused', (epoch, counter) => {
  expect(() => makeZxid(epoch, counter)).toThrow(RangeError);
});
