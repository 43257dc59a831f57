import { pairs, properties, range, type StateOf } from '../../checker/language/index.ts';
import { peterson } from '../../model/examples/peterson.ts';

type State = StateOf<typeof peterson>;

const processes = range(2);

/** A process holds the lock until it has lowered its flag. */
const isInside = (s: State, process: number) => ['critical', 'leave'].includes(s.at(process).value);

export default properties(peterson)
  .always('mutualExclusion', {
    about: 'The two processes are never critical at the same time',
    source: 'Peterson: Inv, third clause',
    premise: (s) => isInside(s, 0),
    holds: (s) => !isInside(s, 1) || 'both processes are in the critical section',
  })
  .always('flagShowsIntent', {
    about: 'A flag is up from where the process raised it to where it leaves',
    source: 'Peterson: Inv, first clause',
    each: () => processes,
    holds: (s, process) => {
      const at = s.at(process).value;
      const up = s.flag(process).value;
      return (
        up === !['away', 'flag'].includes(at) ||
        `the flag of process ${process}, which is at ${at}, is ${up ? 'up' : 'down'}`
      );
    },
  })
  .always('inTurn', {
    about: 'Who is critical has the turn, or the other has yet to give way',
    source: 'Peterson: Inv, second clause',
    each: () => pairs(processes),
    premise: (s, [a]) => isInside(s, a),
    holds: (s, [a, b]) =>
      s.turn.value === a ||
      ['away', 'flag', 'giveWay'].includes(s.at(b).value) ||
      `process ${a} is critical in the turn of process ${b}, which is at ${s.at(b).value}`,
  })
  .step('refinesALock', {
    about: 'Entering takes a lock that is free, leaving frees it',
    source: 'Peterson: LSpec, as Lock has it',
    on: ['enter', 'leave'],
    holds: (before, after, { action, instance }) => {
      const free = (s: State) => !processes.some((process) => isInside(s, process));
      return (
        free(action === 'enter' ? before : after) ||
        `the lock is not free when process ${instance} does ${action}`
      );
    },
  })
  .temporal('entersInTheEnd', {
    about: 'Who waits enters, however often the other wants to',
    source: 'Peterson, "Myths about the mutual exclusion problem": no lockout',
    each: () => processes,
    from: (s, process) => s.at(process).value === 'wait',
    leadsTo: (s, process) => isInside(s, process),
  })
  .reachable('oneEntersWhileTheOtherWaits', {
    when: (s) => isInside(s, 0) && s.at(1).value === 'wait',
  });
