import { ModelError } from '../language/errors.ts';
import type { Space } from '../space/space.ts';
import type { Failure } from '../space/state-checks.ts';
import { NO_PARENT, StateStore } from '../space/state-store.ts';
import { Counts } from './counts.ts';
import { Findings } from './findings.ts';
import { type Limits, Pacer } from './limits.ts';
import { LiveSearch } from './liveness/live-search.ts';
import { extend, type Path, pathTo, stepAt } from './path.ts';
import type { Progress, SearchResult, Violation } from './result.ts';
import { takenByAction } from './taken.ts';
import type { Visited } from './visited.ts';
import { type Listener, Visitor, type VisitorOptions } from './visitor.ts';

export interface BreadthFirstOptions extends Limits, VisitorOptions {
  /** Where the visited states are kept; exactly, by default. */
  readonly visited?: Visited | undefined;
  /** Go on after a violation, to the end, and keep the shortest run for each property. */
  readonly all?: boolean | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * Visits every state, nearest first. Stops after the level of the first violation unless `all`. Among shortest runs it
 * shows the first one in order of declaration, which does not depend on timing. @throws ModelError
 */
export async function breadthFirst(space: Space, options: BreadthFirstOptions = {}): Promise<SearchResult> {
  return new BreadthFirst(space, options).run();
}

class BreadthFirst implements Listener {
  private readonly space: Space;
  private readonly options: BreadthFirstOptions;
  private readonly store: Visited;
  private readonly findings: Findings;
  private readonly pacer: Pacer;
  private readonly counts: Counts;
  private readonly visitor: Visitor;
  private readonly live: LiveSearch;
  private depth = 1;
  /** States of the level after the last one that a limit allows: generated and checked, not counted. */
  private beyond = 0;
  private stoppedBy: string | undefined;
  /** Only where transitions are recorded. */
  readonly stepped: ((target: number, instance: number) => void) | undefined;

  constructor(space: Space, options: BreadthFirstOptions) {
    space.begin();
    this.space = space;
    this.options = options;
    this.store = options.visited ?? new StateStore(space.layout);
    this.findings = new Findings(space.configuration);
    this.counts = new Counts(space.transitions.instances.length);
    this.visitor = new Visitor(space, this.store, this.counts, this, options);
    this.live = new LiveSearch(space);
    this.stepped = this.live.graph && ((target, instance) => this.live.graph?.add(target, instance));
    this.pacer = new Pacer(options, () => options.onProgress?.(this.progress()));
  }

  async run(): Promise<SearchResult> {
    const { space, store, visitor } = this;
    for (const vector of space.initial) visitor.visitInitial(vector);
    if (store.count === 0) {
      const reason = 'the constraint (within) cuts every initial state: there is nothing to check';
      throw new ModelError(reason, { model: space.configuration.spec.model.name });
    }
    let levelEnd = store.count;
    while (
      this.counts.expanded < levelEnd &&
      !this.stoppedBy &&
      (this.options.all || this.findings.violations.length === 0)
    ) {
      if (this.options.depth !== undefined && this.depth > this.options.depth) {
        this.depth--;
        this.beyond = levelEnd - this.counts.expanded;
        this.stoppedBy = `the limit of ${this.options.depth} levels`;
        break;
      }
      await this.expandUntil(levelEnd);
      levelEnd = store.count;
      if (levelEnd > this.counts.expanded) this.depth++;
    }
    if (this.isComplete && store instanceof StateStore) {
      // Whatever limit was met, it was met with everything visited.
      this.stoppedBy = await this.live.check(store, this.findings, this.pacer);
    }
    return this.result();
  }

  /** Expands the states of the present level, up to number `end`, unless a limit stops it. */
  private async expandUntil(end: number): Promise<void> {
    const { counts, store, visitor, pacer } = this;
    const { states } = this.options;
    while (counts.expanded < end && !this.stoppedBy) {
      visitor.expand(counts.expanded);
      this.live.graph?.close();
      if (states !== undefined && store.count >= states) {
        if (!this.isComplete) this.stoppedBy = `the limit of ${states} states`;
      } else if (pacer.due()) {
        this.space.transitions.allowMemo(8 * store.count);
        this.stoppedBy = await pacer.rest();
      }
    }
  }

  private get isComplete(): boolean {
    return this.counts.expanded === this.store.count;
  }

  failed(kind: Violation['kind'], failures: readonly Failure[], state: number, i: number): void {
    for (const failure of failures) {
      if (!this.findings.knows(failure.property))
        this.findings.violation(kind, failure, this.pathBy(state, i));
    }
  }

  reached(witnesses: readonly string[], state: number, i: number): void {
    for (const name of witnesses) this.findings.witness(name, this.pathBy(state, i));
  }

  wasCut(): void {
    this.live.wasCut();
  }

  /** The path to the state, and on by its step `i` unless that is -1. */
  private pathBy(state: number, i: number): Path {
    const { successors, next } = this.visitor;
    if (state === NO_PARENT) return { states: [Int32Array.from(next)], steps: [] };
    const path = pathTo(state, this.store, this.space);
    return i < 0 ? path : extend(path, stepAt(successors, i, this.space), next);
  }

  private progress(): Progress {
    const { store, counts, depth } = this;
    return {
      distinct: store.count,
      generated: counts.generated,
      depth,
      queue: store.count - counts.expanded,
      bytes: this.bytes,
      seconds: this.pacer.seconds,
    };
  }

  private result(): SearchResult {
    const { space, store, findings, counts } = this;
    const complete = this.isComplete;
    if (complete) findings.closeWitnesses();
    const armed = (number: number): number =>
      (space.states.armed[number] ?? 0) + (space.steps.armed[number] ?? 0) + this.live.armed(number);
    return {
      verdict:
        findings.violations.length > 0
          ? 'violated'
          : complete && this.stoppedBy === undefined
            ? 'holds'
            : 'stopped',
      complete,
      stoppedBy: this.stoppedBy,
      distinct: store.count - this.beyond,
      generated: counts.generated,
      depth: this.depth,
      initial: space.initial.length,
      cut: counts.cut,
      deadlocks: counts.deadlocks,
      seconds: this.pacer.seconds,
      bytes: this.bytes,
      liveness: this.live.report(complete),
      evaluations: space.transitions.evaluations,
      properties: findings.report(complete, armed, store.count),
      violations: findings.violations,
      witnesses: findings.witnesses,
      seed: undefined,
      taken: takenByAction(space, counts.taken),
    };
  }

  private get bytes(): number {
    return this.store.bytes + this.space.memoBytes + this.live.bytes;
  }
}
