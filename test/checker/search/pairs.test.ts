import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineModel, properties, single } from '../../../checker/language/index.ts';
import { type PairVerified, verifyPairs } from '../../../checker/search/pairs.ts';

/** Two locks on one door: either of them is enough to keep it shut. */
const spec = properties(
  defineModel('door', {
    about: '',
    params: z.strictObject({ pushes: z.int().default(1), mood: z.string().default('calm') }),
  })
    .rules({ upper: true, lower: true, bell: false })
    .changes({
      noUpper: { about: '', source: 'seeded', rules: { upper: false }, at: { pushes: 2 } },
      noLower: { about: '', source: 'seeded', rules: { lower: false }, at: { pushes: 3 } },
      bell: { about: '', source: 'seeded', rules: { bell: true }, at: { mood: 'angry' } },
      noBell: { about: '', source: 'seeded', rules: { bell: false }, at: { mood: 'sad' } },
      few: { about: '', source: 'seeded', set: { pushes: 1 } },
      silent: { about: '', source: 'seeded', rules: { bell: false } },
    })
    .components(() => ({ open: single(z.boolean()), rung: single(z.boolean()), pushes: single(z.int()) }))
    .init((p) => ({ open: false, rung: false, pushes: p.pushes }))
    .action('push', {
      next(s, _, _p, rules) {
        if (s.pushes.value === 0) return;
        const left = s.pushes.set(s.pushes.value - 1);
        return [left, s.open.set(!rules.upper && !rules.lower), s.rung.set(rules.bell)];
      },
    })
    .deadlock('allowed'),
)
  .always('shut', { holds: (s) => !s.open.value })
  .always('quiet', { holds: (s) => !s.rung.value });

async function pairs(names: string[], options = {}): Promise<PairVerified[]> {
  const all: PairVerified[] = [];
  for await (const pair of verifyPairs(spec, names, options)) all.push(pair);
  return all;
}

test('two changes that break something only together, at the larger of both bounds', async () => {
  expect(await pairs(['noUpper', 'noLower', 'silent'])).toEqual([
    {
      changes: ['noUpper', 'noLower'],
      at: { pushes: 3 },
      interactions: [{ property: 'shut', effect: 'breaks', steps: 1 }],
      unchecked: undefined,
    },
    { changes: ['noUpper', 'silent'], at: { pushes: 2 }, interactions: [], unchecked: undefined },
    { changes: ['noLower', 'silent'], at: { pushes: 3 }, interactions: [], unchecked: undefined },
  ]);
});

test('one that keeps what the other breaks', async () => {
  const [pair] = await pairs(['bell', 'silent']);
  expect(pair?.interactions).toEqual([{ property: 'quiet', effect: 'repairs', steps: 1 }]);
});

test('says of which pairs nothing is known', async () => {
  const [first] = await pairs(['bell', 'noBell']);
  expect(first?.unchecked).toBe('they show at different values of mood');
  const [second] = await pairs(['noLower', 'few']);
  expect(second?.unchecked).toBe("the change 'few' sets pushes to 1; it cannot be 3 too.");
  const [third] = await pairs(['noUpper', 'noLower'], { states: 2 });
  expect(third?.unchecked).toBe('the limit of 2 states');
  expect(await pairs(['noUpper', 'noLower'], { signal: AbortSignal.abort() })).toEqual([]);
});
