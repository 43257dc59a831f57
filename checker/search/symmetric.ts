import { isChecked } from '../language/configure.ts';
import { ModelError, UsageError } from '../language/errors.ts';
import { Orbits } from '../space/orbits.ts';
import { Permutations } from '../space/permutations.ts';
import { sampled } from '../space/sample.ts';
import type { Space } from '../space/space.ts';
import { StateStore } from '../space/state-store.ts';
import { Successors } from '../space/successors.ts';
import { type BreadthFirstOptions, breadthFirst } from './breadth-first.ts';
import { type Path, type PathStep, stepAt } from './path.ts';
import type { SearchResult, Violation } from './result.ts';

/** With at most so many members, properties are looked at in every state of every orbit. */
const MOST_MEMBERS_FOR_ALL = 4;

/**
 * `breadthFirst` with one state kept for each orbit of the model's symmetric family. That the actions are symmetric is the
 * model's promise, which its test checks and this search samples; what it must not take on trust it looks at: properties, in
 * every state of each orbit. Runs that it shows are runs of the model.
 * @throws UsageError where the reduction would not be sound, ModelError where something proves not to be symmetric
 */
export async function symmetricSearch(
  space: Space,
  options: BreadthFirstOptions = {},
): Promise<SearchResult> {
  const permutations = new Permutations(space);
  refuseUnsound(space);
  const search = new SymmetricSearch(space, permutations);
  search.checkInitial();
  const store = new StateStore(space.layout);
  const representative = (vector: Int32Array, into: Int32Array): void =>
    search.orbits.representative(vector, into);
  const result = await breadthFirst(space, { ...options, visited: store, representative });
  search.check(store);
  return {
    ...result,
    symmetry: permutations.family,
    violations: result.violations.map((violation) => search.real(violation)),
    witnesses: result.witnesses.map((one) => ({ ...one, path: search.realPath(one.path, () => true) })),
  };
}

function refuseUnsound({ configuration }: Space): void {
  const { spec, params } = configuration;
  const { name, definition } = spec.model;
  const unsound = spec.properties.find(
    (property) => (property.kind === 'temporal' || property.kind === 'step') && isChecked(property, params),
  );
  if (unsound !== undefined) {
    throw new UsageError(
      `${unsound.name} is a ${unsound.kind} property, which --symmetry cannot check: it is about who does what, one step after ` +
        'another. Name others with --property, or search without --symmetry.',
    );
  }
  if (definition.within.length > 0) {
    throw new UsageError(
      `${name} is cut off by a constraint (within), which --symmetry cannot check: it may hold for one of two states that are alike.`,
    );
  }
}

class SymmetricSearch {
  readonly orbits: Orbits;
  private readonly space: Space;
  private readonly permutations: Permutations;
  private readonly successors = new Successors();
  private readonly permuted: Int32Array;

  constructor(space: Space, permutations: Permutations) {
    const size = space.layout.slots.length;
    this.space = space;
    this.permutations = permutations;
    this.orbits = new Orbits(permutations, size);
    this.permuted = new Int32Array(size);
  }

  /** @throws ModelError unless every permutation of an initial state is an initial state */
  checkInitial(): void {
    const { space, permutations, permuted } = this;
    const initial = new Set(space.initial.map((vector) => vector.join()));
    for (const vector of space.initial) {
      for (const exchange of permutations.exchanges()) {
        permutations.apply(vector, exchange, permuted);
        if (!initial.has(permuted.join()))
          throw this.asymmetric('init', 'of two initial states that are alike it has one alone');
      }
    }
  }

  /** @throws ModelError where two states of one orbit are judged differently, or (looked at now and then) go on differently */
  check(store: StateStore): void {
    const { permutations, permuted } = this;
    const others = permutations.size <= MOST_MEMBERS_FOR_ALL ? permutations.all() : permutations.exchanges();
    const exchanges = permutations.exchanges();
    const vector = new Int32Array(permuted.length);
    for (let state = 0; state < store.count; state++) {
      store.read(state, vector);
      const judged = this.judge(vector);
      for (const one of others) {
        permutations.apply(vector, one, permuted);
        const differs = difference(judged, this.judge(permuted));
        if (differs !== undefined)
          throw this.asymmetric(differs, 'of two states that are alike it holds in one alone');
      }
      if (!sampled(state + 1)) continue;
      const after = this.after(vector);
      for (const one of exchanges) {
        permutations.apply(vector, one, permuted);
        const differs = difference(after, this.after(permuted));
        const action = differs?.slice(0, differs.indexOf(' '));
        if (action !== undefined)
          throw this.asymmetric(action, 'from two states that are alike it leads to states that are not');
      }
    }
  }

  /** What is said of a state: the properties that it violates, the witnesses that it is, whether it may be the last one. */
  private judge(vector: Int32Array): ReadonlySet<string> {
    const { states } = this.space;
    const said = new Set([
      ...states.failures(vector).map(({ property }) => property),
      ...states.witnessed(vector),
    ]);
    return states.isExpectedEnd(vector) ? said.add('deadlock') : said;
  }

  /** The orbits that each action leads to. */
  private after(vector: Int32Array): ReadonlySet<string> {
    const { space, successors } = this;
    space.transitions.expand(vector, successors);
    const found = new Set<string>();
    const after = new Int32Array(vector.length);
    const kept = new Int32Array(vector.length);
    for (let i = 0; i < successors.count; i++) {
      after.set(vector);
      successors.applyTo(after, i);
      this.orbits.representative(after, kept);
      found.add(`${space.transitions.instances[successors.instance.at(i)]?.action.name} ${kept.join()}`);
    }
    return found;
  }

  /** The violation with a run of the model, instead of one from representative to representative. @throws ModelError */
  real(violation: Violation): Violation {
    const { path, property, kind } = violation;
    if (path === undefined) return violation;
    const violates = (vector: Int32Array): boolean =>
      kind === 'deadlock' ||
      this.space.states.failures(vector).some((failure) => failure.property === property);
    const real = this.realPath(path, violates);
    const end = real.states.at(-1) as Int32Array;
    const [failure] = this.space.states.failures(end).filter((one) => one.property === property);
    return { ...violation, ...failure, path: real };
  }

  realPath(path: Path, suits: (end: Int32Array) => boolean): Path {
    const keys = path.states.map((state) => this.keyOf(state));
    const alone = path.steps.length === 0;
    const first = this.space.initial.find(
      (state) => this.keyOf(state) === keys[0] && (!alone || suits(state)),
    );
    if (first === undefined) throw this.asymmetric('init', 'a run of representatives begins nowhere');
    const states = [first];
    const steps: PathStep[] = [];
    for (const [i, key] of keys.slice(1).entries()) {
      const last = i === path.steps.length - 1;
      const { step, state } = this.stepTo(states.at(-1) as Int32Array, key, last ? suits : () => true);
      steps.push(step);
      states.push(state);
    }
    return { states, steps };
  }

  /** The first step into the orbit. */
  private stepTo(
    from: Int32Array,
    key: string,
    suits: (end: Int32Array) => boolean,
  ): { readonly step: PathStep; readonly state: Int32Array } {
    const { space, successors } = this;
    space.transitions.expand(from, successors);
    for (let i = 0; i < successors.count; i++) {
      const state = Int32Array.from(from);
      successors.applyTo(state, i);
      if (this.keyOf(state) === key && suits(state)) return { step: stepAt(successors, i, space), state };
    }
    throw this.asymmetric('it', 'a run from representative to representative is no run of the model');
  }

  private keyOf(vector: Int32Array): string {
    this.orbits.representative(vector, this.permuted);
    return this.permuted.join();
  }

  private asymmetric(what: string, why: string): ModelError {
    const reason = `${what} is not symmetric in '${this.permutations.family}': ${why}; search without --symmetry`;
    return new ModelError(reason, { model: this.space.configuration.spec.model.name });
  }
}

/** Something that is in one of the sets alone. */
function difference(a: ReadonlySet<string>, b: ReadonlySet<string>): string | undefined {
  return [...a].find((one) => !b.has(one)) ?? [...b].find((one) => !a.has(one));
}
