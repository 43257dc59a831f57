import fc from 'fast-check';
import type { Space } from '../space/space.ts';
import { Findings } from './findings.ts';
import { type Limits, Pacer } from './limits.ts';
import type { Path } from './path.ts';
import { RandomWalks } from './random-walks.ts';
import type { SearchResult } from './result.ts';
import { takenByAction } from './taken.ts';
import { pathOf, type Walk } from './walker.ts';

export interface SimulateOptions extends Pick<Limits, 'seconds' | 'signal'> {
  /** How many runs; 1000 by default. */
  readonly runs?: number | undefined;
  /** At most so many steps a run; 100 by default. */
  readonly steps?: number | undefined;
  /** An integer of 32 bits; the same seed makes the same runs. Drawn by lot by default; the result names it. */
  readonly seed?: number | undefined;
  readonly onProgress?: ((progress: SimulateProgress) => void) | undefined;
}

export interface SimulateProgress {
  /** Runs that have ended, of how many. */
  readonly runs: number;
  readonly of: number;
  /** States gone through. */
  readonly generated: number;
  readonly bytes: number;
  readonly seconds: number;
}

/**
 * Takes random walks until one violates something, and shrinks that one. Each state and step on the way is checked. A
 * step out of the bounds is checked too but not taken: the walk picks another one. The verdict is never `holds`.
 * @throws ModelError
 */
export async function simulate(space: Space, options: SimulateOptions = {}): Promise<SearchResult> {
  return new Simulation(space, options).run();
}

/** Seeds are integers of 32 bits, as the generator of random numbers takes them. */
export function drawSeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}

/** How often each property's premise was true, by number. */
type Armed = readonly number[];

function armedSoFar({ configuration, states, steps }: Space): Armed {
  return configuration.spec.properties.map((_, i) => (states.armed[i] ?? 0) + (steps.armed[i] ?? 0));
}

/** Seeds that have nothing to do with each other, for run after run and for neighbouring seeds. */
function derived(seed: number, run: number): number {
  let h = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0xc2b2ae35) + run;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return h ^ (h >>> 16);
}

class Simulation {
  private readonly space: Space;
  private readonly seed: number;
  private readonly runs: number;
  private readonly findings: Findings;
  private readonly pacer: Pacer;
  private readonly walks: RandomWalks;
  private readonly taken: Float64Array;
  private readonly witnesses = new Map<string, { path: Path; runs: number }>();
  private done = 0;
  private generated = 0;
  private longest = 0;
  private deadlocks = 0;
  private restIsDue = false;
  private stoppedBy: string | undefined;

  constructor(space: Space, options: SimulateOptions) {
    space.begin();
    this.space = space;
    this.seed = options.seed ?? drawSeed();
    this.runs = options.runs ?? 1000;
    this.findings = new Findings(space.configuration);
    this.taken = new Float64Array(space.transitions.instances.length);
    this.pacer = new Pacer(options, () => options.onProgress?.(this.progress()));
    this.walks = new RandomWalks(space, options.steps ?? 100, () => {
      if (this.pacer.due()) this.restIsDue = true;
    });
  }

  async run(): Promise<SearchResult> {
    let drawn: Walk | undefined;
    let armed: Armed | undefined;
    const property = fc.property(this.walks, (walk) => {
      drawn ??= walk;
      if (walk.found.length > 0) armed ??= armedSoFar(this.space); // what shrinking evaluates does not count
      return walk.found.length === 0;
    });
    while (this.done < this.runs && armed === undefined && this.stoppedBy === undefined) {
      // One run each, with a seed of its own: what is found does not depend on where the search pauses.
      const { counterexample } = fc.check(property, { seed: derived(this.seed, this.done), numRuns: 1 });
      if (drawn !== undefined) this.count(drawn);
      drawn = undefined;
      if (counterexample !== null) this.report(counterexample[0]);
      else if (this.restIsDue && this.done < this.runs) this.stoppedBy = await this.rest();
    }
    return this.result(armed ?? armedSoFar(this.space));
  }

  private rest(): Promise<string | undefined> {
    this.restIsDue = false;
    return this.pacer.rest();
  }

  /** Counts a walk as it was taken, before any shrinking. */
  private count(walk: Walk): void {
    this.done++;
    this.generated += walk.states.length;
    this.longest = Math.max(this.longest, walk.states.length);
    if (walk.stuck) this.deadlocks++;
    for (const { instance } of walk.steps) this.taken[instance] = (this.taken[instance] as number) + 1;
    const seen = new Set<string>();
    walk.states.forEach((state, i) => {
      for (const name of this.space.states.witnessed(state)) {
        if (seen.has(name)) continue;
        seen.add(name);
        const known = this.witnesses.get(name);
        const path = known && known.path.steps.length <= i ? known.path : pathOf(walk, this.space, i);
        this.witnesses.set(name, { path, runs: (known?.runs ?? 0) + 1 });
      }
    });
  }

  private report(walk: Walk): void {
    const path = pathOf(walk, this.space);
    for (const { kind, ...failure } of walk.found) this.findings.violation(kind, failure, path);
  }

  private progress(): SimulateProgress {
    const { done: runs, runs: of, generated } = this;
    return { runs, of, generated, bytes: this.space.bytes, seconds: this.pacer.seconds };
  }

  private result(armed: Armed): SearchResult {
    const { space, findings } = this;
    for (const [property, { path, runs }] of this.witnesses) findings.witness(property, path, runs);
    const passed = this.stoppedBy === undefined ? 'passed' : 'stopped';
    return {
      verdict: findings.violations.length > 0 ? 'violated' : passed,
      complete: false,
      stoppedBy: this.stoppedBy,
      distinct: undefined,
      generated: this.generated,
      depth: this.longest,
      initial: space.initial.length,
      cut: this.walks.walker.cut,
      deadlocks: this.deadlocks,
      seconds: this.pacer.seconds,
      bytes: space.bytes,
      evaluations: space.transitions.evaluations,
      properties: findings.report(false, (number) => armed[number] ?? 0, this.generated),
      violations: findings.violations,
      witnesses: findings.witnesses,
      seed: this.seed,
      runs: this.done,
      taken: takenByAction(space, this.taken),
    };
  }
}
