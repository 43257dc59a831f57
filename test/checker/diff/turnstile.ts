import { z } from 'zod';
import { defineModel, properties, single } from '../../../checker/language/index.ts';

/** A turnstile: a coin unlocks it for one person, until it is closed for the night. */
export const turnstile = properties(
  defineModel('turnstile', { about: 'A coin lets one person pass', params: z.strictObject({}) })
    .rules({
      mayPass: (locked: boolean, _passed: number) => !locked,
      mayKick: false,
      tellsCoins: 0,
    })
    .changes({
      crowbar: { about: 'It opens to anybody', source: 'seeded', rules: { mayPass: () => true } },
      kick: { about: 'Somebody may kick it', source: 'seeded', rules: { mayKick: true } },
      otherwise: {
        about: 'The same in other words',
        source: 'seeded',
        rules: { mayPass: (l) => l === false },
      },
      onlyOnce: {
        about: 'One person may pass, no more',
        source: 'seeded',
        rules: { mayPass: (locked, passed) => !locked && passed === 0 },
      },
      counter: { about: 'It shows another number', source: 'seeded', rules: { tellsCoins: 1 } },
    })
    .components(() => ({
      locked: single(z.boolean()),
      coins: single(z.int().max(2)),
      passed: single(z.int()),
      closed: single(z.boolean()),
      shown: single(z.int()),
    }))
    .init(() => ({ locked: true, coins: 0, passed: 0, closed: false, shown: 0 }))
    .action('coin', {
      next: (s) =>
        s.coins.value < 2 && s.locked.value && !s.closed.value
          ? [s.coins.set(s.coins.value + 1), s.locked.set(false)]
          : undefined,
    })
    .action('push', {
      next(s, _, _p, rules) {
        if (s.closed.value || s.passed.value > 2 || !rules.mayPass(s.locked.value, s.passed.value)) return;
        return [
          s.passed.set(s.passed.value + 1),
          s.locked.set(true),
          s.shown.set(rules.tellsCoins * s.coins.value),
        ];
      },
    })
    .action('close', { next: (s) => (s.closed.value ? undefined : [s.closed.set(true)]) })
    .action('kick', { next: (_s, _i, _p, rules) => (rules.mayKick ? [] : undefined) })
    .deadlock('allowed'),
)
  .always('paid', {
    holds: (s) => s.passed.value <= s.coins.value || `${s.passed.value} passed for ${s.coins.value} coins`,
  })
  .reachable('two', { when: (s) => s.passed.value === 2 });
