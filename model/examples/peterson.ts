import { z } from 'zod';
import { defineModel, family, range, single } from '../../checker/language/index.ts';

const processes = range(2);

const other = (self: number) => 1 - self;

/** Where a process is; in the module the labels a0, a1, a2, a3, cs, a4. */
const Place = z.enum(['away', 'flag', 'giveWay', 'wait', 'critical', 'leave']);

/**
 * Mutual exclusion of two processes (tlaplus/Examples, locks_auxiliary_vars/Peterson; Peterson, "Myths about the mutual
 * exclusion problem"). Each raises a flag, gives the other precedence, and waits for a lowered flag or its own turn.
 */
export const peterson = defineModel('examples/peterson', {
  about: "Peterson's algorithm keeps two processes from being critical at the same time",
  params: z.strictObject({}),
})
  .rules({
    /** Whose turn it is after `self` has given way. */
    turnAfter: (self: number): number => other(self),
    /** What the flag of a process that wants to enter shows. */
    raised: true,
  })
  .changes({
    withoutGivingWay: {
      about: 'A process takes the turn for itself instead of giving it to the other',
      source: 'seeded',
      rules: { turnAfter: (self) => self },
      breaks: ['mutualExclusion', 'inTurn', 'refinesALock', 'entersInTheEnd'],
      keeps: ['flagShowsIntent'],
    },
    withoutFlag: {
      about: 'A process does not raise its flag',
      source: 'seeded',
      rules: { raised: false },
      breaks: ['mutualExclusion', 'flagShowsIntent', 'inTurn', 'refinesALock'],
    },
  })
  .components(() => ({
    at: family(processes, Place, { lane: 'process' }),
    flag: family(processes, z.boolean(), { lane: 'process' }),
    turn: single(z.int().min(0).max(1)),
  }))
  .init(() => ({ at: 'away', flag: false, turn: 0 }))
  .action('approach', {
    each: () => processes,
    next(s, self) {
      if (s.at(self).value !== 'away') return;
      return [s.at(self).set('flag')];
    },
    says: (self) => `process ${self} wants to enter`,
  })
  .action('raiseFlag', {
    each: () => processes,
    fairness: 'weak',
    next(s, self, _, { raised }) {
      if (s.at(self).value !== 'flag') return;
      return [s.flag(self).set(raised), s.at(self).set('giveWay')];
    },
    says: (self, { after }) =>
      `process ${self} ${after.flag(self).value ? 'raises its flag' : 'raises no flag'}`,
  })
  .action('giveWay', {
    each: () => processes,
    fairness: 'weak',
    next(s, self, _, { turnAfter }) {
      if (s.at(self).value !== 'giveWay') return;
      return [s.turn.set(turnAfter(self)), s.at(self).set('wait')];
    },
    says: (self, { after }) => `process ${self} makes it the turn of process ${after.turn.value}`,
  })
  .action('enter', {
    each: () => processes,
    fairness: 'weak',
    next(s, self) {
      if (s.at(self).value !== 'wait') return;
      if (s.flag(other(self)).value && s.turn.value !== self) return;
      return [s.at(self).set('critical')];
    },
    says: (self, { before }) =>
      `process ${self} enters: ${before.turn.value === self ? 'it is its turn' : `process ${other(self)} has no flag up`}`,
  })
  .action('finish', {
    each: () => processes,
    fairness: 'weak',
    next(s, self) {
      if (s.at(self).value !== 'critical') return;
      return [s.at(self).set('leave')];
    },
    says: (self) => `process ${self} has done its critical work`,
  })
  .action('leave', {
    each: () => processes,
    fairness: 'weak',
    next(s, self) {
      if (s.at(self).value !== 'leave') return;
      return [s.flag(self).set(false), s.at(self).set('away')];
    },
    says: (self) => `process ${self} lowers its flag and leaves`,
  });
