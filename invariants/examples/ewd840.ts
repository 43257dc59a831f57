import { properties, range, type StateOf } from '../../checker/language/index.ts';
import { ewd840 } from '../../model/examples/ewd840.ts';

type State = StateOf<typeof ewd840>;

const activeNodes = (s: State, p: { readonly nodes: number }) =>
  range(p.nodes).filter((i) => s.active(i).value);

const terminated = (s: State, p: { readonly nodes: number }) => activeNodes(s, p).length === 0;

/** What node 0 sees when it concludes that all nodes are passive. */
const detected = (s: State) =>
  s.tokenAt.value === 0 &&
  s.tokenColor.value === 'white' &&
  s.color(0).value === 'white' &&
  !s.active(0).value;

export default properties(ewd840)
  .always('terminationDetection', {
    about: 'When node 0 concludes that all nodes are passive, they are',
    source: 'EWD840: TerminationDetection',
    premise: (s) => detected(s),
    holds: (s, _, p) => terminated(s, p) || `termination is detected, but active are: ${activeNodes(s, p)}`,
  })
  .always('dijkstrasInvariant', {
    about:
      'Where the token has passed all are passive, or a node that it has yet to pass is black, or the token is',
    source: 'EWD840: Inv',
    premise: (s) => s.tokenColor.value === 'white',
    holds: (s, _, p) => {
      const at = s.tokenAt.value;
      if (range(at + 1).some((j) => s.color(j).value === 'black')) return true;
      const passed = activeNodes(s, p).filter((i) => i > at);
      return (
        passed.length === 0 ||
        `the token at ${at} is white and so is the rest of its way, but active are: ${passed}`
      );
    },
  })
  .step('detectsOnceAndForAll', {
    about: 'Termination is detected only after the fact, and never unseen again',
    source: 'EWD840: TDSpec, as SyncTerminationDetection has it',
    premise: (before, after) => detected(before) !== detected(after),
    holds: (before, after, _, p) => {
      if (detected(before)) return 'node 0 no longer sees that all nodes are passive';
      return terminated(after, p) || `termination is detected while active are: ${activeNodes(after, p)}`;
    },
  })
  .temporal('liveness', {
    about: 'When all nodes are passive, node 0 learns of it in the end',
    source: 'EWD840: Liveness',
    from: (s, _, p) => terminated(s, p),
    leadsTo: (s) => detected(s),
  })
  .reachable('detects', {
    about: 'Node 0 can come to its conclusion',
    when: (s) => detected(s),
  });
