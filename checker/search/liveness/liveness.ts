import type { Space } from '../../space/space.ts';
import type { Failure } from '../../space/state-checks.ts';
import type { Visited } from '../visited.ts';
import type { Askers } from './askers.ts';
import type { Bits } from './bits.ts';
import { type Breach, breachOf } from './breach.ts';
import { type Claim, Claims } from './claims.ts';
import type { Explored, Test } from './explored.ts';
import { FairComponents, type Found } from './fair-components.ts';
import { FairCycles } from './fair-cycle.ts';
import { FairnessConditions } from './fairness.ts';
import { type Literal, waysFor, wordsOf } from './formula.ts';
import { type Lasso, lassoOf } from './lasso.ts';
import { StateGraph } from './state-graph.ts';
import { type Prefix, shortest, wayTo } from './tail.ts';
import type { Work } from './work.ts';

/** A temporal claim that fails, and a run that shows it. */
export interface LivenessFailure extends Lasso {
  readonly failure: Failure;
}

/** Everything that a claim is checked against. */
interface Ground {
  readonly store: Visited;
  readonly states: Explored;
  /** By predicate: the states where it is true. */
  readonly answers: readonly Bits[];
  readonly components: FairComponents;
  /** The fair components of the states. */
  readonly all: Found;
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
    const claims = new Claims(space);
    return claims.list.length === 0 ? undefined : new Liveness(space, claims);
  }

  private constructor(space: Space, claims: Claims) {
    const { instances } = space.transitions;
    this.space = space;
    this.claims = claims;
    this.graph = new StateGraph(instances.length);
    this.fairness = new FairnessConditions(instances);
  }

  /** Checks one claim after another, and tells `found` of each property the first instance that fails. @throws ModelError */
  *check(store: Visited, found: (failure: LivenessFailure) => void, others: Askers | undefined): Work<void> {
    const { graph, claims } = this;
    const states = {
      graph,
      stateOf: (state: number) => state,
      parentOf: (state: number) => store.parentOf(state),
    };
    const answers = claims.answersFor(store.count);
    others?.beginAsking(answers);
    const components = new FairComponents(graph, this.fairness);
    const all = yield* components.all();
    const isDone = others !== undefined && (yield* others.endAsking());
    if (!isDone) yield* claims.ask(store, answers); // also an error of the model is met in order here
    const ground = { store, states, answers, components, all };
    const failed = new Set<number>();
    for (const claim of claims.list) {
      if (failed.has(claim.number)) continue;
      const failure = yield* this.failureOf(claim, ground);
      if (failure !== undefined) failed.add(claim.number);
      if (failure !== undefined) found(failure);
      const times =
        failure || (yield* this.isProvided(claim, ground)) ? timesArmed(claim, answers, graph.states) : 0;
      this.armed.set(claim.number, (this.armed.get(claim.number) ?? 0) + times);
    }
  }

  private *failureOf(
    { claimed, provided, property, instance }: Claim,
    ground: Ground,
  ): Work<LivenessFailure | undefined> {
    for (const broken of waysFor(claimed, false)) {
      for (const given of provided === undefined ? [[]] : waysFor(provided, true)) {
        const run = yield* this.run([...broken, ...given], ground);
        if (run === undefined) continue;
        const sentence = sentenceOf(broken, run.source);
        return { ...run.lasso, failure: { property: property.name, instance, sentence } };
      }
    }
    return undefined;
  }

  /** Whether the claim is about any run at all. */
  private *isProvided({ provided }: Claim, ground: Ground): Work<boolean> {
    if (provided === undefined) return true;
    for (const given of waysFor(provided, true)) {
      if ((yield* this.run(given, ground)) !== undefined) return true;
    }
    return false;
  }

  /** A fair run of which all these literals are true, and where in its prefix that is decided. */
  private *run(way: readonly Literal[], ground: Ground): Work<{ lasso: Lasso; source: number } | undefined> {
    const { fairness, space } = this;
    const { on, staying, tail }: Breach = breachOf(way, ground.answers, ground.states);
    const { graph } = on;
    const plain = on === ground.states;
    const components = plain ? ground.components : new FairComponents(graph, fairness);
    const all = plain ? ground.all : yield* components.all();
    const { states, ranges } = yield* components.find(all, staying);
    if (ranges.length === 0) return undefined;
    const fair = new Uint8Array(graph.states);
    for (let r = 0; r < ranges.length; r += 2) {
      for (let i = ranges.at(r); i < ranges.at(r + 1); i++) fair[states[i] as number] = 1;
    }
    const isFair: Test = (node) => fair[node] === 1;
    const stays: Test = (node) =>
      isFair(node) &&
      components.isQuiet(node) &&
      staying.taking.length === 0 &&
      staying.visiting.every((is) => is(node));
    const reach = (wanted: Test): Prefix | undefined => {
      if (tail) return shortest(tail, wanted, on);
      for (let node = 0; node < graph.states; node++) {
        if (wanted(node)) return { nodes: wayTo(node, on), source: 0 };
      }
      return undefined;
    };
    const nearest = reach(isFair);
    if (nearest === undefined) return undefined;
    const cycles = new FairCycles(graph, fairness, components.part, staying);
    let best = { ...nearest, cycle: cycles.through(nearest.nodes.at(-1) as number) };
    const still = best.cycle.edges.length === 0 ? undefined : reach(stays);
    if (still !== undefined && still.nodes.length <= best.nodes.length + best.cycle.edges.length) {
      best = { ...still, cycle: { nodes: still.nodes.slice(-1), edges: [] } };
    }
    return { lasso: lassoOf(best.nodes, best.cycle, on, ground.store, space), source: best.source };
  }
}

function timesArmed({ claimed }: Claim, answers: readonly Bits[], states: number): number {
  return claimed.form === 'leadsTo' ? (answers[claimed.from]?.count ?? 0) : states;
}

/** What does not happen on the run; where it stays and what it repeats is for the teller of the run. */
function sentenceOf(broken: readonly Literal[], source: number): string {
  const [first] = broken;
  if (broken.length === 1 && first?.atom.form === 'leadsTo' && !first.is) {
    const where = source === 0 ? 'the initial state' : `the state after step ${source}`;
    return `what must follow on ${where} never comes`;
  }
  return [...new Set(broken.map(wordsOf))].join('; ');
}
