import { properties, range } from '../../checker/language/index.ts';
import { chameneos } from '../../model/examples/chameneos.ts';

export default properties(chameneos)
  .always('meetingsAddUp', {
    about: 'In the end the creatures have, all together, been in twice as many meetings as there were',
    source: 'Chameneos: SumMet',
    premise: (s, _, p) => s.meetings.value === p.meetings,
    holds: (s, _, p) => {
      const met = range(p.creatures).map((i) => s.creature(i).value.met);
      return (
        met.reduce((sum, one) => sum + one, 0) === 2 * p.meetings ||
        `there were ${p.meetings} meetings, and the creatures were in ${met.join(' + ')}`
      );
    },
  })
  .reachable('allFaded', {
    about: 'The game ends',
    when: (s, p) => range(p.creatures).every((i) => s.creature(i).value.color === 'faded'),
  })
  .reachable('somebodyNeverMet', {
    about: 'A creature may fade without having met anybody',
    source: 'Chameneos, the comment at SumMet; section A, "Game termination", of the paper',
    applies: (p) => p.creatures > 2,
    when: (s, p) =>
      range(p.creatures).some((i) => s.creature(i).value.color === 'faded' && s.creature(i).value.met === 0),
  });
