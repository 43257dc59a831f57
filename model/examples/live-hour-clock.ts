import { z } from 'zod';
import { anyOf, defineModel, range, single } from '../../checker/language/index.ts';

/** A clock that shows the hour and never stops (tlaplus/Examples, SpecifyingSystems/Liveness/LiveHourClock). */
export const liveHourClock = defineModel('examples/live-hour-clock', {
  about: 'A clock that shows the hour and never stops',
  params: z.strictObject({ hours: z.int().min(2).max(24).default(12) }),
})
  .rules({ hourAfter: (hour: number, hours: number): number => (hour % hours) + 1 })
  .changes({
    sticks: {
      about: 'The hand sticks at the last hour',
      source: 'seeded',
      rules: { hourAfter: (hour, hours) => Math.min(hour + 1, hours) },
      breaks: ['showsEveryHour', 'ticksAgain', 'goesRound'],
    },
  })
  .components((p) => ({ hour: single(z.int().min(1).max(p.hours)) }))
  .init((p) => ({ hour: anyOf(range(p.hours).map((i) => i + 1)) }))
  .action('tick', {
    fairness: 'weak',
    next: (s, _, p, { hourAfter }) => [s.hour.set(hourAfter(s.hour.value, p.hours))],
    says: (_, { after }) => `it is ${after.hour.value} o'clock`,
  });
