import { properties, range } from '../../checker/language/index.ts';
import { diningPhilosophers } from '../../model/examples/dining-philosophers.ts';

export default properties(diningPhilosophers)
  .always('exclusiveAccess', {
    about: 'Two philosophers who share a fork never eat at the same time',
    source: 'DiningPhilosophers: ExclusiveAccess',
    each: (p) => range(p.philosophers),
    premise: (s, i) => s.philosopher(i).value.does === 'eat',
    holds: (s, i, p) => {
      const neighbour = (i + 1) % p.philosophers;
      return (
        s.philosopher(neighbour).value.does !== 'eat' ||
        `philosophers ${i} and ${neighbour} eat with fork ${neighbour}`
      );
    },
  })
  .temporal('nobodyStarves', {
    about: 'Every philosopher is again and again not hungry',
    source: 'DiningPhilosophers: NobodyStarves',
    each: (p) => range(p.philosophers),
    alwaysEventually: (s, i) => !s.philosopher(i).value.hungry,
  })
  .reachable('somebodyEats', {
    when: (s, p) => range(p.philosophers).some((i) => s.philosopher(i).value.does === 'eat'),
  });
