import { describe, expect, test } from 'vitest';
import { loadEpochs, loadEpochsBehindLog } from '../../../../model/zookeeper/zab/epoch-files.ts';
import { makeZxid } from '../../../../model/zookeeper/zxid.ts';

const files = (
  acceptedEpoch: number | null,
  currentEpoch: number | null,
  currentEpochTmp: number | null,
) => ({
  acceptedEpoch,
  currentEpoch,
  currentEpochTmp,
});
const refused = (why: RegExp) => ({ refused: expect.stringMatching(why) });

describe('the epoch files, and a last zxid', () => {
  test.each([
    ['of an earlier epoch: the files as they are', files(2, 2, null), makeZxid(1, 9)],
    ['of the current epoch', files(2, 2, null), makeZxid(2, 1)],
    ['with a later epoch accepted', files(3, 2, null), makeZxid(2, 1)],
    ['of the current epoch: a temporary file is left alone', files(3, 2, 3), makeZxid(2, 1)],
  ])('%s', (_, found, lastZxid) => {
    const epochs = { acceptedEpoch: found.acceptedEpoch, currentEpoch: found.currentEpoch };
    expect(loadEpochs(found, lastZxid)).toEqual(epochs);
    expect(loadEpochsBehindLog(found, lastZxid)).toEqual(epochs);
  });

  test('no files, after an upgrade: the epoch of the zxid', () => {
    const epochs = { acceptedEpoch: 4, currentEpoch: 4 };
    expect(loadEpochs(files(null, null, null), makeZxid(4, 1))).toEqual(epochs);
    expect(loadEpochsBehindLog(files(null, null, null), makeZxid(4, 1))).toEqual(epochs);
  });

  test('of a later epoch: that of the temporary file', () => {
    const epochs = { acceptedEpoch: 3, currentEpoch: 3 };
    expect(loadEpochs(files(3, 2, 3), makeZxid(3, 1))).toEqual(epochs);
    expect(loadEpochsBehindLog(files(3, 2, 3), makeZxid(3, 1))).toEqual(epochs);
  });

  test('of a later epoch, and no temporary file: refused, or with the repair started as it is (ZOOKEEPER-2354)', () => {
    expect(loadEpochs(files(3, 2, null), makeZxid(3, 1))).toEqual(refused(/current epoch, 2, is older/));
    expect(loadEpochsBehindLog(files(3, 2, null), makeZxid(3, 1))).toEqual({
      acceptedEpoch: 3,
      currentEpoch: 2,
    });
  });

  test('an accepted epoch behind the current one is refused (ZOOKEEPER-2307)', () => {
    expect(loadEpochs(files(1, 2, null), 0)).toEqual(refused(/accepted epoch, 1, is less/));
    expect(loadEpochsBehindLog(files(1, 2, null), 0)).toEqual(refused(/not accepted/));
  });

  test('an accepted epoch behind that of the log is refused', () => {
    expect(loadEpochs(files(2, 2, 3), makeZxid(3, 1))).toEqual(refused(/accepted epoch, 2, is less/));
    expect(loadEpochsBehindLog(files(2, 2, null), makeZxid(3, 1))).toEqual(refused(/not accepted/));
  });
});
