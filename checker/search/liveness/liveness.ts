import type { Space } from '../../space/space.ts';
import type { Failure } from '../../space/state-checks.ts';
import { NO_PARENT, type StateStore } from '../../space/state-store.ts';
import type { Bits } from './bits.ts';
import { type Claim, Claims } from './claims.ts';
import { FairComponents, type Found, type Test } from './fair-components.ts';
import { FairCycles } from './fair-cycle.ts';
import { FairnessConditions } from './fairness.ts';
import { type Lasso, lassoOf } from './lasso.ts';
import { StateGraph } from './state-graph.ts';
import { shortest, type Tail, wayTo } from './tail.ts';

/** A temporal claim that fails, and a run that shows it. */
export interface LivenessFailure extends Lasso {
  readonly failure: Failure;
}

/**
 * What a run must do to break a claim: from some point on keep to the states `within` and visit those of each of `visiting`
 * again and again; with a `tail`, stay in states that the tail allows even before that. This is the automaton of the
 * negated claim with its two states, before and after it has decided that the rest of the run is the proof.
 */
interface Breach {
  readonly within: Test;
  readonly visiting: readonly Test[];
  readonly tail: Tail | undefined;
}

/**
 * Liveness under fairness, after a complete search that recorded its transitions: a claim fails if and only if some fair
 * run, which may stay in a state for ever where nothing fair is enabled, breaks it.
 */
export class Liveness {
  readonly graph: StateGraph;
  readonly fairness: FairnessConditions;
  readonly claims: Claims;
  /** How often each property was put to the test: states from which something must follow, or all, for each instance. */
  readonly armed = new Map<number, number>();
  private readonly space: Space;

  /** `undefined` when no temporal property applies: then nothing needs recording. @throws ModelError */
  static of(space: Space): Liveness | undefined {
    const claims = new Claims(space.layout, space.configuration);
    return claims.list.length === 0 ? undefined : new Liveness(space, claims);
  }

  private constructor(space: Space, claims: Claims) {
    const { instances } = space.transitions;
    this.space = space;
    this.claims = claims;
    this.graph = new StateGraph(instances.length);
    this.fairness = new FairnessConditions(instances);
  }

  /** Checks one claim after another; of each property the first instance that fails. @throws ModelError */
  *check(store: StateStore): Generator<LivenessFailure | undefined> {
    const answers = this.claims.evaluate(store, this.space.layout);
    const components = new FairComponents(this.graph, this.fairness);
    const all = components.all();
    const failed = new Set<number>();
    for (const claim of this.claims.list) {
      this.count(claim, answers, store.count);
      if (failed.has(claim.number)) continue;
      const found = this.breach(claim, answers, store, components, all);
      if (found !== undefined) failed.add(claim.number);
      yield found;
    }
  }

  private count({ number, from }: Claim, answers: readonly Bits[], states: number): void {
    const bits = from === undefined ? undefined : answers[from];
    this.armed.set(number, (this.armed.get(number) ?? 0) + (bits === undefined ? states : bits.count));
  }

  private breach(
    claim: Claim,
    answers: readonly Bits[],
    store: StateStore,
    components: FairComponents,
    all: Found,
  ): LivenessFailure | undefined {
    const { graph, fairness, space } = this;
    const breach = breachOf(claim, answers, store);
    const { states, ranges } = components.find(all, breach.within, breach.visiting);
    if (ranges.length === 0) return undefined;
    const fair = new Uint8Array(graph.states);
    for (let r = 0; r < ranges.length; r += 2) {
      for (let i = ranges.at(r); i < ranges.at(r + 1); i++) fair[states[i] as number] = 1;
    }
    const isFair: Test = (state) => fair[state] === 1;
    const stays: Test = (state) =>
      isFair(state) && components.isQuiet(state) && breach.visiting.every((is) => is(state));
    const reach = (wanted: Test): { states: readonly number[]; source: number } | undefined => {
      if (breach.tail) return shortest(breach.tail, wanted, graph, store);
      for (let state = 0; state < graph.states; state++) {
        if (wanted(state)) return { states: wayTo(state, store), source: 0 };
      }
      return undefined;
    };
    const nearest = reach(isFair);
    if (nearest === undefined) return undefined;
    const cycles = new FairCycles(graph, fairness, components.part);
    let best = { ...nearest, cycle: cycles.through(nearest.states.at(-1) as number, breach.visiting) };
    const still = best.cycle.edges.length === 0 ? undefined : reach(stays);
    if (still !== undefined && still.states.length <= best.states.length + best.cycle.edges.length) {
      best = { ...still, cycle: { states: still.states.slice(-1), edges: [] } };
    }
    const lasso = lassoOf(best.states, best.cycle, graph, store, space);
    const sentence = sentenceOf(claim, best.source);
    return { ...lasso, failure: { property: claim.property.name, instance: claim.instance, sentence } };
  }
}

function breachOf(claim: Claim, answers: readonly Bits[], store: StateStore): Breach {
  const test = (number: number | undefined): Test => {
    const bits = number === undefined ? undefined : answers[number];
    return bits === undefined ? () => true : (state) => bits.has(state);
  };
  const goal = test(claim.goal);
  const missed: Test = (state) => !goal(state);
  const forGood = test(claim.forGood);
  const again = claim.again === undefined ? [] : [test(claim.again)];
  if (claim.form === 'eventuallyAlways') {
    return { within: forGood, visiting: [missed, ...again], tail: undefined };
  }
  const within: Test = claim.forGood === undefined ? missed : (state) => missed(state) && forGood(state);
  if (claim.form === 'alwaysEventually') return { within, visiting: again, tail: undefined };
  const from = test(claim.from);
  const source: Test =
    claim.form === 'eventually'
      ? (state) => missed(state) && store.parentOf(state) === NO_PARENT
      : (state) => missed(state) && from(state);
  return { within, visiting: again, tail: { source, allowed: missed } };
}

/** What does not happen on the run; where it stays and what it repeats is for the teller of the run. */
function sentenceOf({ form }: Claim, source: number): string {
  switch (form) {
    case 'eventually':
      return 'what must come never comes';
    case 'alwaysEventually':
      return 'from some point on it never happens again';
    case 'eventuallyAlways':
      return 'there is no point from which it stays so';
    case 'leadsTo':
      return source === 0
        ? 'what must follow on the initial state never comes'
        : `what must follow on the state after step ${source} never comes`;
  }
}
