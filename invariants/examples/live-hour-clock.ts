import { properties, range } from '../../checker/language/index.ts';
import { liveHourClock } from '../../model/examples/live-hour-clock.ts';

export default properties(liveHourClock)
  .step('goesRound', {
    about: 'After the last hour comes the first',
    source: 'HourClock: HCnxt',
    holds: (before, after, _, p) =>
      after.hour.value === (before.hour.value % p.hours) + 1 ||
      `after ${before.hour.value} comes ${after.hour.value}`,
  })
  .temporal('showsEveryHour', {
    about: 'Every hour is shown again and again',
    source: 'LiveHourClock: AllTimes',
    each: (p) => range(p.hours).map((i) => i + 1),
    alwaysEventually: (s, hour) => s.hour.value === hour,
  })
  .temporal('ticksAgain', {
    about: 'The clock never stops',
    source: 'LiveHourClock: AlwaysTick',
    alwaysEventually: { taken: 'tick' },
  });
