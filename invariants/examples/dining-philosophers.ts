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
    about: 'Philosopher 0 is again and again not hungry (and so is everybody else)',
    source: 'DiningPhilosophers: NobodyStarves',
    alwaysEventually: (s) => !s.philosopher(0).value.hungry,
  })
  .reachable('somebodyEats', {
    when: (s, p) => range(p.philosophers).some((i) => s.philosopher(i).value.does === 'eat'),
  });
