import { NO_PARENT } from '../../space/state-store.ts';
import type { Bits } from './bits.ts';
import type { Explored, Test } from './explored.ts';
import type { Literal } from './formula.ts';
import { type Monitor, Product } from './product.ts';
import type { Tail } from './tail.ts';

/** What a run does from some point on, for ever. Sets of action instances are marks, 1 or 0 by number. */
export interface Staying {
  /** It keeps to these nodes, */
  readonly within: Test;
  /** and visits one of each of these sets again and again; */
  readonly visiting: readonly Test[];
  /** it takes none of these steps, */
  readonly avoiding: Uint8Array | undefined;
  /** and one of each of these sets again and again. */
  readonly taking: readonly Uint8Array[];
}

/**
 * What a run must do to break a claim in one way: the automaton of the negated claim. From some point on all is as
 * `staying` says; what a claim asks of the past is either a `tail` that the run has to keep to before that, or remembered
 * by the nodes, which then are more than the states.
 */
export interface Breach {
  readonly on: Explored;
  readonly staying: Staying;
  readonly tail: Tail | undefined;
}

/** `way`: the literals that are to be true of the run; `answers`: by predicate, the states where it is true. */
export function breachOf(way: readonly Literal[], answers: readonly Bits[], states: Explored): Breach {
  const is = (predicate: number): Test => {
    const bits = answers[predicate] as Bits;
    return (state) => bits.has(state);
  };
  const not =
    (test: Test): Test =>
    (state) =>
      !test(state);
  const within: Test[] = [];
  const visiting: Test[] = [];
  const avoided: Uint8Array[] = [];
  const taking: Uint8Array[] = [];
  const past: Past[] = [];
  for (const { atom, is: positive } of way) {
    switch (atom.form) {
      case 'taken':
        (positive ? taking : avoided).push(atom.instances);
        break;
      case 'alwaysEventually':
        if (positive) visiting.push(is(atom.goal));
        else within.push(not(is(atom.goal)));
        break;
      case 'eventuallyAlways':
        if (positive) within.push(is(atom.goal));
        else visiting.push(not(is(atom.goal)));
        break;
      case 'eventually':
        past.push({ from: undefined, goal: is(atom.goal), comes: positive });
        break;
      case 'always':
        past.push({ from: undefined, goal: not(is(atom.goal)), comes: !positive });
        break;
      case 'leadsTo':
        past.push({ from: is(atom.from), goal: is(atom.goal), comes: positive });
    }
  }
  const avoiding = avoided.length === 0 ? undefined : union(avoided);
  const tail = tailOf(past, states);
  if (tail !== undefined || past.length === 0) {
    if (tail !== undefined) within.push(tail.allowed);
    return { on: states, staying: { within: all(within), visiting, avoiding, taking }, tail };
  }
  const product = new Product(states.graph, past, (state) => states.parentOf(state) === NO_PARENT);
  const lifted =
    (test: Test): Test =>
    (node) =>
      test(product.stateOf(node));
  const remembered = past.map(({ from, comes }, monitor): { within?: Test; visiting?: Test } => {
    const marked: Test = (node) => product.isMarked(node, monitor);
    if (from === undefined) return { within: comes ? marked : not(marked) };
    return comes ? { visiting: not(marked) } : { within: marked };
  });
  const staying = {
    within: all([...within.map(lifted), ...remembered.flatMap((one) => one.within ?? [])]),
    visiting: [...visiting.map(lifted), ...remembered.flatMap((one) => one.visiting ?? [])],
    avoiding,
    taking,
  };
  return { on: product, staying, tail: undefined };
}

/** Something that the whole run decides: whether `goal` comes (at all, or after every `from`). */
interface Past extends Monitor {
  readonly comes: boolean;
}

/** What never comes, at all or after one `from`, needs no memory: the run just keeps away from it. */
function tailOf(past: readonly Past[], { parentOf }: Explored): Tail | undefined {
  const [first] = past;
  if (first === undefined || past.some(({ comes }) => comes)) return undefined;
  const { from } = first;
  if (past.length > 1 && past.some((one) => one.from !== undefined)) return undefined;
  const allowed: Test = (state) => past.every(({ goal }) => !goal(state));
  const begins: Test = from ?? ((state) => parentOf(state) === NO_PARENT);
  return { source: (state) => allowed(state) && begins(state), allowed };
}

function all(tests: readonly Test[]): Test {
  const [only] = tests;
  return tests.length === 1 && only ? only : (node) => tests.every((test) => test(node));
}

function union(sets: readonly Uint8Array[]): Uint8Array {
  return (sets[0] as Uint8Array).map((_, i) => (sets.some((set) => set[i] === 1) ? 1 : 0));
}
