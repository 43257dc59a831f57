import { expect, test } from 'vitest';
import { configure } from '../../checker/language/configure.ts';
import { breadthFirst } from '../../checker/search/breadth-first.ts';
import { Space } from '../../checker/space/space.ts';
import election from '../../invariants/zookeeper/election.ts';

test.each([
  // set, distinct, generated, depth
  [{ start: 'established', crashes: 1 }, 477_578, 1_628_534, 44],
  [{ queue: 2 }, 640_085, 2_288_774, 36],
  [{ zxids: [2, 1, 0], timeouts: 1 }, 744_230, 2_578_937, 37],
  [{ inFlight: 1 }, 1_789_458, 7_752_132, 46],
  [{ servers: 2, crashes: 1, observers: 1 }, 14_414_907, 53_784_745, 69],
  [{ queue: 99 }, 5_968_379, 22_493_231, 37],
  [{ start: 'newcomer', giveUps: 2 }, 700_944, 2_407_273, 44],
  [{ start: 'established', giveUps: 3 }, 433_603, 1_407_181, 40],
  // someone leads in the end, whoever of three dies, and whenever (FL1, FL2)
  [{ recovery: 'fair', finalizeWait: 'noBetter', crashes: 1, restart: 'never' }, 18_026_291, 57_806_104, 113],
])('%j holds, every promise armed', async (set, distinct, generated, depth) => {
  const result = await breadthFirst(new Space(configure(election, { set })), { all: true });
  expect(result).toMatchObject({ verdict: 'holds', complete: true, distinct, generated, depth });
  const idle = result.properties.filter(({ result: found, premise }) => found === 'holds' && premise === 0);
  expect(idle.map(({ name }) => name)).toEqual([]);
});
