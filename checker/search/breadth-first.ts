import { ModelError, UsageError } from '../language/errors.ts';
import type { Space } from '../space/space.ts';
import type { Failure } from '../space/state-checks.ts';
import { NO_PARENT, StateStore } from '../space/state-store.ts';
import { Checkpoint, type CheckpointOptions } from './checkpoint/checkpoint.ts';
import { Counts } from './counts.ts';
import { Findings } from './findings.ts';
import { type Limits, Pacer } from './limits.ts';
import { LiveSearch } from './liveness/live-search.ts';
import { Together, type WorkerOptions } from './parallel/together.ts';
import { extend, type Path, pathTo, stepAt } from './path.ts';
import type { Progress, SearchResult, Violation } from './result.ts';
import { SleepSets } from './sleep-sets.ts';
import { takenByAction } from './taken.ts';
import type { Seen, Visited } from './visited.ts';
import { type Listener, Visitor, type VisitorOptions } from './visitor.ts';

export interface BreadthFirstOptions extends Limits, VisitorOptions {
  /** Threads that take part once the search proves long. What is found does not depend on them. */
  readonly workers?: WorkerOptions | undefined;
  /** Where the search is kept, to go on with it in another process. */
  readonly checkpoint?: CheckpointOptions | undefined;
  /** Where the visited states are kept; exactly, by default. */
  readonly visited?: Visited | undefined;
  /** Go on after a violation, to the end, and keep the shortest run for each property. */
  readonly all?: boolean | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Is handed the states that were visited, once the search has ended. */
  readonly onEnd?: ((seen: Seen) => void) | undefined;
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
  private store: Visited;
  private readonly findings: Findings;
  private readonly pacer: Pacer;
  private readonly counts: Counts;
  private visitor: Visitor;
  private readonly together: Together | undefined;
  private readonly live: LiveSearch;
  private readonly checkpoint: Checkpoint | undefined;
  private readonly sleep: SleepSets | undefined;
  private depth = 1;
  /** The level that is being expanded: the number of its first state, and the number after its last. */
  private levelStart = 0;
  private levelEnd = 0;
  /** Sizes of the levels that were expanded since the search began, or since it was taken up again. */
  private readonly levelSizes: number[] = [];
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
    this.live = new LiveSearch(space);
    this.stepped = this.live.graph && ((target, instance) => this.record(target, instance));
    const { workers, checkpoint, visited, steps, representative } = options;
    const plain = visited === undefined && steps === undefined && representative === undefined;
    if (workers !== undefined && workers.count > 1 && plain)
      this.together = new Together(space, this.counts, this.findings, this.live, workers, options);
    else if (plain && this.live.graph === undefined)
      this.sleep = new SleepSets(space.transitions.instances.length);
    this.visitor = new Visitor(space, this.store, this.counts, this, {
      steps,
      representative,
      sleep: this.sleep,
    });
    if (checkpoint !== undefined && !plain)
      throw new UsageError('only an exact search of all states can be kept in a checkpoint.');
    this.checkpoint = checkpoint && new Checkpoint(space, checkpoint);
    this.pacer = new Pacer(options, () => options.onProgress?.(this.progress()));
  }

  async run(): Promise<SearchResult> {
    try {
      return await this.search();
    } finally {
      await this.together?.end();
    }
  }

  private async search(): Promise<SearchResult> {
    if (this.options.checkpoint?.resume) this.resume();
    if (this.together !== undefined) {
      this.store = this.together.begin(this.store);
      this.visitor = new Visitor(this.space, this.store, this.counts, this);
    }
    if (!this.options.checkpoint?.resume) this.begin();
    if (this.together !== undefined) this.stoppedBy = await this.rest();
    while (
      this.counts.expanded < this.levelEnd &&
      !this.stoppedBy &&
      (this.options.all || this.findings.violations.length === 0 || this.counts.expanded > this.levelStart)
    ) {
      if (this.options.depth !== undefined && this.depth > this.options.depth) {
        this.beyond = this.levelEnd - this.counts.expanded;
        this.stoppedBy = `the limit of ${this.options.depth} levels`;
        break;
      }
      await this.expandUntil(this.levelEnd);
      if (this.counts.expanded < this.levelEnd) break;
      this.nextLevel();
    }
    if (this.isComplete) {
      // Whatever limit was met, it was met with everything visited.
      this.stoppedBy = await this.live.check(this.store, this.findings, this.pacer, this.together?.askers);
    }
    if (this.stoppedBy === undefined) this.checkpoint?.remove();
    else this.keep();
    return this.result();
  }

  private nextLevel(): void {
    this.levelSizes.push(this.levelEnd - this.levelStart);
    this.levelStart = this.levelEnd;
    this.levelEnd = this.store.count;
    if (!this.isComplete) this.depth++;
  }

  private begin(): void {
    const { space, store } = this;
    for (const vector of space.initial) this.visitor.visitInitial(vector);
    if (store.count === 0) {
      const reason = 'the constraint (within) cuts every initial state: there is nothing to check';
      throw new ModelError(reason, { model: space.configuration.spec.model.name });
    }
    this.levelEnd = store.count;
    this.keep();
  }

  private resume(): void {
    const { checkpoint, space, counts, live } = this;
    const kept = checkpoint?.load(this.store, ({ cut }) => {
      if (cut > 0) live.wasCut();
      return live.graph;
    });
    if (kept === undefined) return;
    this.depth = kept.depth;
    this.levelStart = kept.levelStart;
    this.levelEnd = kept.levelEnd;
    counts.add(kept);
    space.states.armed.set(kept.armedByStates);
    space.steps.armed.set(kept.armedBySteps);
    this.findings.restore(kept);
    if (counts.expanded === this.levelEnd) this.nextLevel(); // it was kept between two levels
  }

  private keep(): void {
    const { checkpoint, store, space, findings } = this;
    const { generated, cut, deadlocks, expanded, taken } = this.counts;
    checkpoint?.save(
      {
        depth: this.depth,
        levelStart: this.levelStart,
        levelEnd: this.levelEnd,
        distinct: store.count,
        generated,
        cut,
        deadlocks,
        expanded,
        taken: [...taken],
        armedByStates: [...space.states.armed],
        armedBySteps: [...space.steps.armed],
        ...findings.kept,
      },
      store,
      this.live.graph,
    );
  }

  /** Expands the states of the present level, up to number `end`, unless a limit stops it. */
  private async expandUntil(end: number): Promise<void> {
    const { counts, pacer, together } = this;
    const { states } = this.options;
    while (counts.expanded < end && !this.stoppedBy) {
      if (together?.isReadyFor(end)) {
        this.stoppedBy = await together.expandUntil(end);
        if (!this.stoppedBy && (pacer.isOver || this.checkpoint?.isDue)) this.stoppedBy = await this.rest();
        continue;
      }
      this.visitor.expand(counts.expanded);
      this.live.graph?.close();
      if (states !== undefined && this.store.count >= states) {
        if (!this.isComplete) this.stoppedBy = `the limit of ${states} states`;
      } else if (pacer.due()) {
        this.space.transitions.allowMemo(8 * this.store.count);
        this.stoppedBy = await this.rest();
      }
    }
  }

  /** Lets other work of the process run, and workers join. Answers why the search must stop, or undefined. */
  private async rest(): Promise<string | undefined> {
    if (this.checkpoint?.isDue) this.keep();
    const reason = await this.pacer.rest(this.together?.isStarting);
    if (reason !== undefined) return reason;
    const [before = 0, last = 0] = this.levelSizes.slice(-2);
    const { seconds } = this.pacer;
    await this.together?.join(this.store, seconds, last > before);
    return undefined;
  }

  private record(target: number, instance: number): void {
    this.live.graph?.add(this.store.numberOf?.(target) ?? target, instance);
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
    const path = pathTo(state, this.store, this.space, this.options.representative);
    return i < 0 ? path : extend(path, stepAt(successors, i, this.space), next);
  }

  private progress(): Progress {
    const { store, counts, depth } = this;
    return {
      distinct: store.count,
      generated: counts.generated,
      depth,
      queue: store.count - counts.expanded,
      levels: this.levelSizes.length === depth - 1 ? this.levelSizes : [],
      bytes: this.bytes,
      seconds: this.pacer.seconds,
    };
  }

  private result(): SearchResult {
    const { space, store, findings, counts } = this;
    const complete = this.isComplete;
    if (complete) findings.closeWitnesses();
    const distinct = store.count - this.beyond;
    this.options.onEnd?.({
      count: distinct,
      read: (state, into) => store.read(state, into),
      parentOf: (state) => store.parentOf(state),
    });
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
      distinct,
      generated: counts.generated,
      depth: this.levels,
      initial: space.initial.length,
      cut: counts.cut,
      deadlocks: counts.deadlocks,
      seconds: this.pacer.seconds,
      bytes: this.bytes,
      liveness: this.live.report(complete),
      evaluations: space.transitions.evaluations + (this.together?.evaluations ?? 0),
      properties: findings.report(complete, armed, store.count),
      violations: findings.violations,
      witnesses: findings.witnesses,
      seed: undefined,
      taken: takenByAction(space, counts.taken),
    };
  }

  /** Levels that were reached within the limits. */
  private get levels(): number {
    if (this.beyond > 0) return this.depth - 1;
    return this.store.count > this.levelEnd ? this.depth + 1 : this.depth;
  }

  private get bytes(): number {
    return (
      this.store.bytes +
      (this.sleep?.bytes ?? 0) +
      this.space.bytes +
      this.live.bytes +
      (this.together?.bytes ?? 0)
    );
  }
}
