import { describe, expect, test } from 'vitest';
import { predict } from '../../../checker/search/prediction.ts';
import { levelProfiles } from './level-profiles.ts';

/** Every prediction on the way, with the truth: in shares of all states. */
function predictions(levels: readonly number[]) {
  const total = levels.reduce((sum, size) => sum + size, 0);
  let visited = 0;
  return levels.flatMap((size, i) => {
    visited += size;
    const made = predict(levels.slice(0, i + 1));
    return made === undefined
      ? []
      : [
          {
            visited: visited / total,
            likely: made.likely / total,
            inside: made.least <= total && total <= made.most,
          },
        ];
  });
}

const share = <T>(all: readonly T[], of: (one: T) => boolean): number => all.filter(of).length / all.length;
const within =
  (factor: number) =>
  ({ likely }: { likely: number }): boolean =>
    likely < factor && likely > 1 / factor;

describe('on the levels of models of the house, recorded', () => {
  const all = levelProfiles.flatMap(([, levels]) => predictions(levels));

  test('once two fifths are visited, the guess is within a factor of 2 nine times of ten, and the range holds the truth', () => {
    const later = all.filter(({ visited }) => visited >= 0.4 && visited < 0.95);
    expect(later.length).toBeGreaterThan(50);
    expect(share(later, within(2))).toBeGreaterThan(0.9);
    expect(share(later, ({ inside }) => inside)).toBeGreaterThan(0.85);
  });

  test('once three quarters are visited, it is within a third', () => {
    const late = all.filter(({ visited }) => visited >= 0.75);
    expect(share(late, within(4 / 3))).toBeGreaterThan(0.99);
    expect(share(late, ({ inside }) => inside)).toBeGreaterThan(0.85);
  });

  test('most searches get one while they have half of the way before them', () => {
    const early = levelProfiles.filter(([, levels]) =>
      predictions(levels).some(({ visited }) => visited < 0.5),
    );
    expect(early.length).toBeGreaterThanOrEqual(8);
  });
});

test('a space that grows and grows, or stays as wide as it is, has no end to tell', () => {
  expect(predict(Array.from({ length: 20 }, (_, i) => 2 ** i))).toBeUndefined();
  expect(predict(Array.from({ length: 20 }, () => 100))).toBeUndefined();
  expect(predict([1, 5, 20])).toBeUndefined();
});

test('a bell is told from its first half', () => {
  const bell = Array.from({ length: 41 }, (_, i) =>
    Math.max(1, Math.round(1e5 * Math.exp(-((i - 20) ** 2) / 50))),
  );
  const total = bell.reduce((sum, size) => sum + size, 0);
  const { likely = 0 } = predict(bell.slice(0, 18)) ?? {};
  expect(likely / total).toBeGreaterThan(0.9);
  expect(likely / total).toBeLessThan(1.1);
});
