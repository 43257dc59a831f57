import { z } from 'zod';
import { defineModel, family, range, ref } from '../../checker/language/index.ts';

const Fork = z.strictObject({ holder: ref('philosopher'), clean: z.boolean() });
type Fork = Readonly<z.infer<typeof Fork>>;

const Philosopher = z.strictObject({ does: z.enum(['loop', 'eat', 'think']), hungry: z.boolean() });

const rightFork = (philosopher: number, seats: number) => (philosopher + 1) % seats;

/**
 * Dining philosophers who hand each other forks (tlaplus/Examples, DiningPhilosophers; Chandy and Misra, "The drinking
 * philosophers problem"). Fork i lies between philosophers i - 1 and i. A fork is dirty once it was eaten with; whoever
 * holds a dirty one cleans it and hands it to the neighbour. At first all are dirty, and nobody waits in a circle:
 * philosopher 0 holds two, 1 none, everybody else the left one.
 */
export const diningPhilosophers = defineModel('examples/dining-philosophers', {
  about: 'Philosophers around a table eat with two forks each and hand on the dirty ones',
  params: z.strictObject({ philosophers: z.int().min(2).max(9).default(5) }),
})
  .rules({
    canEat: (philosopher: number, left: Fork, right: Fork): boolean =>
      left.holder === philosopher && right.holder === philosopher && left.clean && right.clean,
  })
  .changes({
    eatsWithDirtyForks: {
      about: 'A philosopher sits down to eat with two forks even if they are dirty and must be handed on',
      source: 'seeded',
      rules: {
        canEat: (philosopher, left, right) => left.holder === philosopher && right.holder === philosopher,
      },
      breaks: ['exclusiveAccess', 'nobodyStarves'],
      at: { philosophers: 3 },
    },
  })
  .components((p) => ({
    fork: family(range(p.philosophers), Fork),
    philosopher: family(range(p.philosophers), Philosopher),
  }))
  .init(() => ({
    fork: (i) => ({ holder: i === 1 ? 0 : i, clean: false }),
    philosopher: { does: 'loop', hungry: true },
  }))
  .action('loop', {
    each: (p) => range(p.philosophers),
    fairness: 'weak',
    next(s, i, p, { canEat }) {
      const { does, hungry } = s.philosopher(i).value;
      if (does !== 'loop') return;
      const last = p.philosophers - 1;
      const left = s.fork(i);
      const right = s.fork(rightFork(i, p.philosophers));
      const handOn =
        left.value.holder === i && !left.value.clean
          ? [left.set({ holder: i === 0 ? last : i - 1, clean: true })]
          : right.value.holder === i && !right.value.clean
            ? [right.set({ holder: i === last ? 0 : i + 1, clean: true })]
            : [];
      const then = !hungry ? 'think' : canEat(i, left.value, right.value) ? 'eat' : 'loop';
      return [...handOn, s.philosopher(i).patch({ does: then })];
    },
    says(i, { before, after, params }) {
      const handedOn = [i, rightFork(i, params.philosophers)]
        .filter((fork) => before.fork(fork).value.holder !== after.fork(fork).value.holder)
        .map((fork) => `hands fork ${fork} to ${after.fork(fork).value.holder}`);
      const { does } = after.philosopher(i).value;
      const turns = does === 'loop' ? ['is still hungry'] : [`starts to ${does}`];
      return `philosopher ${i} ${[...handedOn, ...turns].join(' and ')}`;
    },
  })
  .action('think', {
    each: (p) => range(p.philosophers),
    fairness: 'weak',
    next(s, i) {
      if (s.philosopher(i).value.does !== 'think') return;
      return [s.philosopher(i).set({ does: 'loop', hungry: true })];
    },
    says: (i) => `philosopher ${i} has thought and is hungry`,
  })
  .action('eat', {
    each: (p) => range(p.philosophers),
    fairness: 'weak',
    next(s, i, p) {
      if (s.philosopher(i).value.does !== 'eat') return;
      return [
        s.philosopher(i).set({ does: 'loop', hungry: false }),
        s.fork(i).patch({ clean: false }),
        s.fork(rightFork(i, p.philosophers)).patch({ clean: false }),
      ];
    },
    says: (i) => `philosopher ${i} has eaten; both forks are dirty`,
  });
