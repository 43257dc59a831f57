import type { Space } from '../../space/space.ts';
import type { Failure } from '../../space/state-checks.ts';
import { Counts } from '../counts.ts';
import { memoryLimit } from '../limits.ts';
import type { Bits } from '../liveness/bits.ts';
import { Claims as TemporalClaims } from '../liveness/claims.ts';
import type { Work } from '../liveness/work.ts';
import type { Violation } from '../result.ts';
import { sleepWords } from '../sleep-sets.ts';
import { type Listener, Visitor } from '../visitor.ts';
import { Claims } from './claims.ts';
import type { Numbering, RoundReport, RoundTask } from './messages.ts';
import type { SharedLog } from './shared-log.ts';
import { Control, Mind, type SharedMemory } from './shared-memory.ts';
import { ResultTable } from './shared-results.ts';
import { SharedSleep } from './shared-sleep.ts';
import { SharedStates } from './shared-states.ts';
import { type NotedSteps, StepNotes } from './step-notes.ts';

/** One thread's part in the rounds of a search: that of a worker, or of the search's own thread. */
export class Hand implements Listener {
  readonly store: SharedStates;
  private readonly space: Space;
  private readonly wait: (logRoom: number) => void;
  private readonly control: Int32Array;
  private readonly claims: Claims;
  private readonly sleep: SharedSleep | undefined;
  private readonly notes = new StepNotes();
  /** Only where steps are recorded. */
  readonly stepped: ((record: number, instance: number) => void) | undefined;
  private readonly counts: Counts;
  private readonly visitor: Visitor;
  private known: ReadonlySet<string> = new Set();
  private expanding = 0;
  private isNoting = false;
  private newsAt: number | undefined;
  private witnessed = new Map<string, number[]>();
  private full: string | undefined;

  /** `wait` comes back when there is room for more, also for so many bytes in the log of values. */
  constructor(space: Space, memory: SharedMemory, log: SharedLog, wait: (logRoom: number) => void) {
    this.space = space;
    this.wait = wait;
    space.transitions.outcomes.results.shareWith(new ResultTable(memory.results, log, space.layout.domains));
    const instances = space.transitions.instances.length;
    const records = memory.numbers !== undefined;
    this.claims = new Claims(records ? 0 : sleepWords(instances));
    this.sleep = records ? undefined : new SharedSleep(this.claims);
    this.store = new SharedStates(memory);
    this.store.claims = this.claims;
    this.store.makeRoom = () => this.hold();
    this.control = this.store.control;
    this.counts = new Counts(instances);
    this.stepped = records ? (record, instance) => this.note(record, instance) : undefined;
    this.visitor = new Visitor(space, this.store, this.counts, this, { sleep: this.sleep });
  }

  /** Expands chunks of the round as long as there are any. What the space itself counts is as before afterwards. */
  search({ from, to, chunk, known, steps, sleep, memo }: RoundTask): RoundReport {
    const { control, store, claims, notes, space, counts } = this;
    this.known = new Set(known);
    space.transitions.allowMemo(memo);
    this.sleep?.begin(sleep);
    this.newsAt = undefined;
    this.witnessed = new Map();
    this.expanding = from;
    counts.clear();
    const armed = [space.states.armed.slice(), space.steps.armed.slice()] as const;
    space.states.armed.fill(0);
    space.steps.armed.fill(0);
    space.states.lookFor(this.known);
    claims.begin();
    notes.begin();
    this.isNoting = steps;
    try {
      while (!this.isVoid()) {
        store.beginChunk();
        const first = Atomics.add(control, Control.next, chunk);
        if (first >= to) break;
        const end = Math.min(first + chunk, to);
        if (steps) notes.beginChunk((first - from) / chunk);
        for (let state = first; state < end && !this.isVoid(); state++) {
          this.expanding = state;
          if (steps) notes.beginState();
          this.visitor.expand(state);
        }
        claims.closeChunk((first - from) / chunk);
        this.full = memoryLimit(undefined);
        if (this.full !== undefined) this.abort();
      }
    } catch {
      this.tell(); // an error of the model is met again, in order, and thrown where the search was called
    }
    const report = this.report();
    space.states.armed.set(armed[0]);
    space.steps.armed.set(armed[1]);
    space.states.lookFor(this.known);
    return report;
  }

  /** The thread goes on by itself. */
  end(): void {
    this.space.transitions.outcomes.results.shareWith(undefined);
  }

  /** Counts the claims that stand, by chunk. */
  settle(counts: Int32Array): void {
    this.claims.settle(this.store, counts);
  }

  number(numbering: Numbering): void {
    this.claims.number(this.store, numbering);
  }

  /** Those of the round, once all states have numbers. */
  steps(): NotedSteps {
    return this.notes.told(this.store);
  }

  /**
   * Asks the predicates of the temporal claims of blocks of states, as long as there are any. An error of the model is not
   * thrown: it makes the answers void.
   */
  *ask(answers: readonly Bits[]): Work<void> {
    const { control, store, space } = this;
    try {
      const claims = new TemporalClaims(space);
      while (!this.isVoid() && claims.askBlock(Atomics.add(control, Control.next, 1), store, answers)) {
        Atomics.add(control, Control.part, 1); // a sign of life
        yield;
      }
    } catch {
      this.abort();
    }
  }

  private note(record: number, instance: number): void {
    if (this.isNoting) this.notes.add(record, instance);
  }

  /** Has all hands wait. */
  hold(logRoom = 0): void {
    Atomics.or(this.control, Control.mind, Mind.hold);
    this.wait(logRoom);
  }

  private abort(): void {
    Atomics.or(this.control, Control.mind, Mind.abort);
  }

  /** Between two states: waits when the memory changes. Answers whether the round is void. */
  private isVoid(): boolean {
    const mind = Atomics.load(this.control, Control.mind);
    if (mind === 0) return false;
    if ((mind & Mind.hold) !== 0) this.wait(0);
    return (Atomics.load(this.control, Control.mind) & Mind.abort) !== 0;
  }

  /** There is news: the state is expanded again by one thread, which tells of it as a search on one thread does. */
  private tell(): void {
    this.newsAt = this.expanding;
    this.abort();
  }

  failed(_kind: Violation['kind'], failures: readonly Failure[]): void {
    if (failures.some(({ property }) => !this.known.has(property))) this.tell();
  }

  /** Which of a round's states is the first one to be a witness is seen when they have numbers. */
  reached(witnesses: readonly string[]): void {
    for (const name of witnesses) {
      let records = this.witnessed.get(name);
      if (records === undefined) {
        records = [];
        this.witnessed.set(name, records);
      }
      records.push(this.claims.last);
    }
    this.space.states.lookFor(this.known);
  }

  private report(): RoundReport {
    const { space, newsAt, witnessed, full } = this;
    const { generated, cut, deadlocks, expanded, taken } = this.counts;
    return {
      newsAt,
      witnessed,
      full,
      generated,
      cut,
      deadlocks,
      expanded,
      taken,
      armedByStates: space.states.armed.slice(),
      armedBySteps: space.steps.armed.slice(),
    };
  }
}
