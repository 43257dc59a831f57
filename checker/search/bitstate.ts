import { ModelError } from '../language/errors.ts';
import { BitStates } from '../space/bit-states.ts';
import { IntList } from '../space/int-list.ts';
import type { Space } from '../space/space.ts';
import { Successors } from '../space/successors.ts';
import { Counts } from './counts.ts';
import { Findings } from './findings.ts';
import { type Limits, Pacer } from './limits.ts';
import type { Path, PathStep } from './path.ts';
import type { Progress, SearchResult, Violation } from './result.ts';
import { drawSeed } from './simulate.ts';
import { takenByAction } from './taken.ts';

export interface BitstateOptions extends Pick<Limits, 'states' | 'depth' | 'seconds' | 'signal'> {
  /** For the bits of visited states; 512 MiB at most. */
  readonly bytes: number;
  /** How many searches, each with other hashes and in another order (a swarm); 1 by default. */
  readonly searches?: number | undefined;
  /** The same seed makes the same searches again. Drawn by lot by default; the result names it. */
  readonly seed?: number | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** How much a search that keeps only bits of its states may have missed. */
export interface BitstateReport {
  readonly searches: number;
  /** The probability with which a state was taken for another and left out: the largest among the searches. */
  readonly omission: number;
}

/**
 * Depth-first searches that keep a few bits of each visited state: for spaces beyond memory. What they find is real; what they
 * do not find may have been left out, so that the verdict is never `holds`. Stops at the first violation. @throws ModelError
 */
export async function bitstateSearch(space: Space, options: BitstateOptions): Promise<SearchResult> {
  return new Bitstate(space, options).run();
}

class Bitstate {
  private readonly space: Space;
  private readonly options: BitstateOptions;
  private readonly seed: number;
  private readonly findings: Findings;
  private readonly counts: Counts;
  private readonly pacer: Pacer;
  private readonly successors = new Successors();
  private readonly size: number;
  private readonly current: Int32Array;
  private readonly next: Int32Array;
  /** States to expand, the last one first: its vector, its depth, and the instance and the label of the step to it. */
  private readonly stack = new IntList(1024);
  /** The path to the state that is expanded. */
  private path: { readonly states: Int32Array[]; readonly steps: PathStep[] } = { states: [], steps: [] };
  private visited: BitStates;
  private random: () => number = () => 0;
  private searches = 0;
  private most = 0;
  private omission = 0;
  private deepest = 1;
  private stoppedBy: string | undefined;
  /** States at the depth limit, which were not expanded. */
  private shallow = false;

  constructor(space: Space, options: BitstateOptions) {
    space.begin();
    this.space = space;
    this.options = options;
    this.seed = options.seed ?? drawSeed();
    this.findings = new Findings(space.configuration);
    this.counts = new Counts(space.transitions.instances.length);
    this.size = space.layout.slots.length;
    this.current = new Int32Array(this.size);
    this.next = new Int32Array(this.size);
    this.visited = new BitStates(options.bytes, this.seed);
    this.pacer = new Pacer(options, () => options.onProgress?.(this.progress()));
  }

  async run(): Promise<SearchResult> {
    const { searches = 1 } = this.options;
    while (
      this.searches < searches &&
      this.stoppedBy === undefined &&
      this.findings.violations.length === 0
    ) {
      if (this.searches > 0) this.visited = new BitStates(this.options.bytes, this.seed + this.searches);
      this.random = randomFrom(this.seed + this.searches);
      this.searches++;
      await this.search();
      this.most = Math.max(this.most, this.visited.count);
      this.omission = Math.max(this.omission, this.visited.omission);
    }
    return this.result();
  }

  private async search(): Promise<void> {
    const { space, pacer, stack } = this;
    const { states } = this.options;
    this.path = { states: [], steps: [] };
    for (const vector of space.initial) {
      this.next.set(vector);
      this.visit(1, -1, -1);
    }
    if (stack.length === 0 && this.findings.violations.length === 0) {
      const reason = 'the constraint (within) cuts every initial state: there is nothing to check';
      throw new ModelError(reason, { model: space.configuration.spec.model.name });
    }
    while (stack.length > 0 && this.stoppedBy === undefined && this.findings.violations.length === 0) {
      this.expand(this.pop());
      if (states !== undefined && this.visited.count >= states)
        this.stoppedBy = `the limit of ${states} states`;
      else if (pacer.due()) this.stoppedBy = await pacer.rest();
    }
    stack.length = 0;
  }

  /** Takes the last state off the stack: `current`, and the end of `path`. Answers its depth. */
  private pop(): number {
    const { stack, size, current, path, space } = this;
    const from = stack.length - size - 3;
    for (let s = 0; s < size; s++) current[s] = stack.data[from + s] as number;
    const [depth = 1, instance = -1, label = -1] = stack.data.subarray(from + size, from + size + 3);
    stack.length = from;
    path.states.length = depth - 1;
    path.steps.length = Math.max(0, depth - 2);
    path.states.push(Int32Array.from(current));
    if (depth > 1) path.steps.push({ instance, label: space.transitions.outcomes.labels[label] ?? '' });
    return depth;
  }

  private expand(depth: number): void {
    const { space, successors, current, next, counts, stack } = this;
    space.transitions.expand(current, successors);
    counts.expanded++;
    counts.generated += successors.count;
    this.deepest = Math.max(this.deepest, depth);
    if (successors.count === 0) this.deadlock();
    if (this.options.depth !== undefined && depth >= this.options.depth) {
      if (successors.count > 0) this.shallow = true;
      return;
    }
    const before = stack.length;
    for (let i = 0; i < successors.count; i++) {
      const instance = successors.instance.at(i);
      const label = successors.label.at(i);
      counts.taken[instance] = (counts.taken[instance] as number) + 1;
      next.set(current);
      successors.applyTo(next, i);
      if (space.steps.any) {
        space.steps.pair.set(current);
        space.steps.pair.set(next, next.length);
        this.report('step', space.steps.failures(instance, label), { instance, label });
      }
      this.visit(depth + 1, instance, label);
    }
    this.shuffle(before);
  }

  /** Looks at the state in `next`, and puts it on the stack unless it seems to be known. */
  private visit(depth: number, instance: number, label: number): void {
    const { space, stack, next, counts } = this;
    const step = depth === 1 ? undefined : { instance, label };
    if (step === undefined) counts.generated++;
    if (space.states.constrained && !space.states.within(next)) {
      counts.cut++;
      this.report('always', space.states.failures(next), step);
      return;
    }
    if (!this.visited.add(next)) return;
    for (const name of space.states.reached(next) ?? []) this.findings.witness(name, this.pathBy(step));
    this.report('always', space.states.failures(next), step);
    for (let s = 0; s < this.size; s++) stack.push(next[s] as number);
    stack.push(depth);
    stack.push(instance);
    stack.push(label);
  }

  /** Puts the states from `from` on into another order. */
  private shuffle(from: number): void {
    const { stack, size } = this;
    const entry = size + 3;
    const count = (stack.length - from) / entry;
    for (let i = count - 1; i > 0; i--) {
      const other = Math.floor(this.random() * (i + 1));
      const [a, b] = [from + i * entry, from + other * entry];
      const moved = stack.data.slice(a, a + entry);
      stack.data.copyWithin(a, b, b + entry);
      stack.data.set(moved, b);
    }
  }

  private deadlock(): void {
    const { space, current } = this;
    this.counts.deadlocks++;
    const { deadlock } = space.configuration.spec.model.definition;
    if (deadlock === 'allowed' || space.states.isExpectedEnd(current)) return;
    const failure = { property: 'deadlock', instance: '', sentence: 'no action is enabled' };
    this.findings.violation('deadlock', failure, this.copied());
  }

  private report(
    kind: Violation['kind'],
    failures: ReturnType<Space['states']['failures']>,
    step: { readonly instance: number; readonly label: number } | undefined,
  ): void {
    for (const failure of failures) {
      if (!this.findings.knows(failure.property)) this.findings.violation(kind, failure, this.pathBy(step));
    }
  }

  /** The path to the state in `next`. */
  private pathBy(step: { readonly instance: number; readonly label: number } | undefined): Path {
    const end = Int32Array.from(this.next);
    if (step === undefined) return { states: [end], steps: [] };
    const { states, steps } = this.copied();
    const label = this.space.transitions.outcomes.labels[step.label] ?? '';
    return { states: [...states, end], steps: [...steps, { instance: step.instance, label }] };
  }

  private copied(): Path {
    return { states: [...this.path.states], steps: [...this.path.steps] };
  }

  private progress(): Progress {
    return {
      distinct: this.visited.count,
      generated: this.counts.generated,
      depth: this.path.states.length,
      queue: this.stack.length / (this.size + 3),
      levels: [],
      bytes: this.bytes,
      seconds: this.pacer.seconds,
    };
  }

  private result(): SearchResult {
    const { space, findings, counts } = this;
    const stoppedBy =
      this.stoppedBy ?? (this.shallow ? `the limit of ${this.options.depth} levels` : undefined);
    const armed = (number: number): number =>
      (space.states.armed[number] ?? 0) + (space.steps.armed[number] ?? 0);
    const passed = stoppedBy === undefined ? 'passed' : 'stopped';
    return {
      verdict: findings.violations.length > 0 ? 'violated' : passed,
      complete: false,
      stoppedBy,
      distinct: this.most,
      generated: counts.generated,
      depth: this.deepest,
      initial: space.initial.length,
      cut: counts.cut,
      deadlocks: counts.deadlocks,
      seconds: this.pacer.seconds,
      bytes: this.bytes,
      evaluations: space.transitions.evaluations,
      properties: findings.report(false, armed, this.most),
      violations: findings.violations,
      witnesses: findings.witnesses,
      seed: this.seed,
      bitstate: { searches: this.searches, omission: this.omission },
      taken: takenByAction(space, counts.taken),
    };
  }

  private get bytes(): number {
    return this.visited.bytes + this.stack.bytes + this.space.bytes;
  }
}

/** Numbers from 0 to 1 (Marsaglia's xorshift). */
function randomFrom(seed: number): () => number {
  let x = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) | 1;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) / 2 ** 32;
  };
}
