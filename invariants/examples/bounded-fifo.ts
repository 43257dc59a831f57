import { properties, type StateOf } from '../../checker/language/index.ts';
import { boundedFifo } from '../../model/examples/bounded-fifo.ts';

type State = StateOf<typeof boundedFifo>;
type Wire = State['input']['value'];

const inTransit = (wire: Wire): readonly number[] => (wire.rdy === wire.ack ? [] : [wire.val]);

/** What was sent and not yet received, oldest first. */
const underway = (s: State): readonly number[] => [
  ...inTransit(s.output.value),
  ...s.buffer.value,
  ...inTransit(s.input.value),
];

// TypeInvariant is what the schemas of the components say. The capacity is no invariant: one message beyond it is where
// the exploration stops, and those states are checked too.
export default properties(boundedFifo)
  .step('inOrder', {
    about: 'A message sent comes last, the one received was first, and in between nothing is lost',
    source: 'FIFO: Spec, with the buffer hidden; Specifying Systems, 4.1',
    holds: (before, after, { action, instance }) => {
      const was = underway(before);
      const is = underway(after);
      const expected = action === 'send' ? [...was, instance] : action === 'receive' ? was.slice(1) : was;
      return (
        (is.length === expected.length && is.every((message, i) => message === expected[i])) ||
        `underway are [${is}], expected [${expected}]`
      );
    },
  })
  .reachable('full', {
    about: 'The buffer holds as much as is explored',
    when: (s, p) => s.buffer.length === p.capacity,
  })
  .reachable('empty', {
    about: 'The last message is on its way out',
    when: (s) => s.buffer.length === 0 && inTransit(s.output.value).length === 1,
  });
