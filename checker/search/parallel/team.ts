import type { Worker } from 'node:worker_threads';
import type { Space } from '../../space/space.ts';
import { memoryLimit } from '../limits.ts';
import type { Askers } from '../liveness/askers.ts';
import type { Bits } from '../liveness/bits.ts';
import type { Work } from '../liveness/work.ts';
import { sleepWords } from '../sleep-sets.ts';
import type { Visited } from '../visited.ts';
import { Hand } from './hand.ts';
import { Keeper } from './keeper.ts';
import type { FromWorker, RoundReport, ToWorker, WorkerReport } from './messages.ts';
import { Control, Mind, type SharedMemory } from './shared-memory.ts';
import type { SleepBatch } from './shared-sleep.ts';
import { WorkerError } from './start-workers.ts';
import type { NotedSteps } from './step-notes.ts';
import { waitUntilBusy } from './waiting.ts';

/** There is no memory for more states, or none that the search may take. */
export class MemoryError extends Error {
  override readonly name = 'MemoryError';
}

export interface Round {
  /** What all hands counted; undefined when the round is void: nothing has changed then. */
  readonly reports: readonly RoundReport[] | undefined;
  /** The first of the new states that is one, by name. */
  readonly witnesses: ReadonlyMap<string, number>;
  /** What all hands have noted, if they were to. */
  readonly steps: readonly NotedSteps[];
  /** The first state that is known to have something to tell of, if that is why the round is void. */
  readonly newsAt: number | undefined;
  /** Of the workers alone. */
  readonly workerReports: readonly WorkerReport[];
}

const LARGEST_CHUNK = 128;

/**
 * The hands of a search: its own thread and workers. Between their rounds the states are those that a search on one thread
 * has. The search's own thread waits in two ways: while it is at work itself, by what is counted in the shared memory, and
 * otherwise for messages, since only then does it learn that a worker has died.
 */
export class Team implements Askers {
  private workers: readonly Worker[] = [];
  /** Those that take part in the present round. */
  private taking: readonly Worker[] = [];
  private readonly keeper: Keeper;
  private readonly hand: Hand;
  private readonly control: Int32Array;
  private readonly sleepWords: number;
  /** What sleeps in the states that are not yet expanded. */
  private sleep: readonly SleepBatch[] = [];
  /** What the workers were told last. */
  private told: SharedMemory | undefined;
  private readonly arrived = new Map<Worker, FromWorker>();
  private readonly memory: number | undefined;
  /** While hands search: whether this thread is one of those that do. */
  private isSearching = false;
  private failure: Error | undefined;
  private answers: readonly Bits[] = [];
  private stopping = false;
  private settle: { resolve(): void; reject(error: unknown): void } | undefined;

  /** Takes over the states of a search on one thread. The process may take so many bytes of `memory`. */
  constructor(space: Space, visited: Visited, steps: boolean, tableBits: number, memory: number | undefined) {
    this.memory = memory;
    this.sleepWords = steps ? 0 : sleepWords(space.transitions.instances.length);
    const keeper = new Keeper(space.layout, visited, tableBits, steps);
    this.keeper = keeper;
    this.control = keeper.states.control;
    this.hand = new Hand(space, keeper.memory, keeper.log, (logRoom) => this.makeRoom(logRoom));
    keeper.views.push(this.hand.store);
    keeper.movers = { begin: (next) => this.beginMove(next), end: () => waitUntilBusy(this.control, 0) };
    const { log } = keeper;
    log.makeRoom = (bytes) => (this.isSearching ? this.hand.hold(bytes) : keeper.maintain(bytes));
  }

  /** Between two rounds. */
  join(workers: readonly Worker[]): void {
    this.workers = workers;
    for (const worker of workers) {
      worker.on('message', (message: FromWorker) => this.receive(worker, message));
      worker.on('error', (error) => this.fail(error));
      worker.on('exit', (code) => {
        if (!this.stopping) this.fail(new Error(`it exited with ${code}`));
      });
      if (worker.threadId < 0) this.fail(new Error('it ended before it began'));
    }
    this.told = undefined;
    this.tellMemory();
  }

  get states(): Visited {
    return this.keeper.states;
  }

  /**
   * Expands the states from `from` to `to`; with `alone` the workers rest. With `limit` states or more it is void, as when
   * there is news. @throws WorkerError or MemoryError; after it the team can only be stopped
   */
  async round(
    from: number,
    to: number,
    limit: number,
    known: readonly string[],
    steps: boolean,
    alone: boolean,
  ): Promise<Round> {
    const { keeper, control, hand } = this;
    const { records, memory } = keeper;
    const first = keeper.states.count;
    this.taking = alone ? [] : this.workers;
    const hands = this.taking.length + 1;
    const chunk = hands === 1 ? to - from : chunkOf(to - from, hands);
    const memo = Math.floor((8 * first) / (this.workers.length + 1));
    this.sleep = this.sleep.filter(({ end }) => end > from);
    const sleep = this.sleep.filter((batch) => batch.first < to);
    this.tellMemory();
    control[Control.next] = from;
    control[Control.mind] = 0;
    const task = { from, to, chunk, known, steps, sleep, memo };
    control[Control.busy] = hands;
    let own: RoundReport | undefined;
    await this.all({ kind: 'round', ...task }, () => {
      this.isSearching = true;
      own = hand.search(task); // throws nothing
      this.isSearching = false;
      Atomics.sub(control, Control.busy, 1);
    });
    const workerReports = [...this.arrived.values()].flatMap((one) =>
      one.kind === 'searched' ? [one.report] : [],
    );
    const reports = [own as RoundReport, ...workerReports];
    const full = reports.find((report) => report.full !== undefined)?.full;
    if (full !== undefined) throw new MemoryError(full);
    const news = reports.flatMap(({ newsAt }) => newsAt ?? []);
    if (news.length === 0 && (await this.number(first, Math.ceil((to - from) / chunk), limit)))
      return {
        reports,
        workerReports,
        witnesses: this.firstWitnesses(reports, first),
        steps: steps ? await this.noted() : [],
        newsAt: undefined,
      };
    keeper.truncate(records, memory.table);
    const newsAt = news.length === 0 ? undefined : Math.min(...news);
    return { reports: undefined, workerReports, witnesses: new Map(), steps: [], newsAt };
  }

  /** Gives the new states of the round the numbers that a search on one thread gives them, unless there are too many. */
  private async number(first: number, chunks: number, limit: number): Promise<boolean> {
    const { hand } = this;
    const { states } = this.keeper;
    const counts = sharedNumbers(chunks);
    await this.all({ kind: 'settle', counts }, () => hand.settle(counts));
    let end = first;
    const numbers = sharedNumbers(chunks);
    for (let chunk = 0; chunk < chunks; chunk++) {
      numbers[chunk] = end;
      end += counts[chunk] as number;
    }
    if (end >= limit) return false;
    const asleep = sharedNumbers((end - first) * this.sleepWords);
    const numbering = { numbers, asleep, first };
    await this.all({ kind: 'number', ...numbering }, () => hand.number(numbering));
    states.count = end;
    this.sleep = [...this.sleep, { first, end, sets: asleep }];
    return true;
  }

  private async noted(): Promise<readonly NotedSteps[]> {
    const all: NotedSteps[] = [];
    await this.all({ kind: 'steps' }, () => all.push(this.hand.steps()));
    return [
      ...all,
      ...[...this.arrived.values()].flatMap((one) => (one.kind === 'steps' ? [one.steps] : [])),
    ];
  }

  beginAsking(answers: readonly Bits[]): void {
    const { control, keeper } = this;
    this.answers = answers;
    control[Control.next] = 0;
    control[Control.mind] = 0;
    control[Control.busy] = this.workers.length;
    this.tellMemory();
    const { count: states } = keeper.states;
    this.send({ kind: 'ask', states, answers: answers.map(({ memory }) => memory) });
  }

  *endAsking(): Work<boolean> {
    yield* this.hand.ask(this.answers);
    if (this.failure instanceof MemoryError) return false;
    if (this.failure !== undefined) throw this.failure;
    waitUntilBusy(this.control, 0);
    return (Atomics.load(this.control, Control.mind) & Mind.abort) === 0;
  }

  private firstWitnesses(reports: readonly RoundReport[], first: number): ReadonlyMap<string, number> {
    const { states } = this.keeper;
    const found = new Map<string, number>();
    for (const name of new Set(reports.flatMap(({ witnessed }) => [...witnessed.keys()]))) {
      const records = new Set(reports.flatMap(({ witnessed }) => witnessed.get(name) ?? []));
      let state = first;
      while (!records.has(states.recordOf(state))) state++;
      found.set(name, state);
    }
    return found;
  }

  /** Also in the midst of a round, which is void then. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.workers.map((worker) => worker.terminate()));
    this.keeper.movers = undefined;
    this.keeper.log.release();
    this.hand.end();
  }

  /** Sends a message to all workers, does this thread's part, and waits until each has done what it says. */
  private async all(message: ToWorker, own: () => void): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    this.arrived.clear();
    if (this.taking.length === 0) {
      own();
      return;
    }
    this.send(message);
    own();
    await new Promise<void>((resolve, reject) => {
      this.settle = { resolve, reject };
      if (this.failure !== undefined) reject(this.failure);
      else this.look();
    });
  }

  private receive(worker: Worker, message: FromWorker): void {
    if (message.kind !== 'held') this.arrived.set(worker, message);
    this.look();
  }

  /** Whether all have arrived, or wait for room. */
  private look(): void {
    const { control } = this;
    if (this.arrived.size === this.taking.length) this.settle?.resolve();
    else if (Atomics.load(control, Control.busy) === 0 && Atomics.load(control, Control.held) > 0) {
      try {
        this.makeRoom(0);
      } catch (error) {
        this.settle?.reject(error);
      }
    }
  }

  /** Has room made, when all others wait or are done, and those go on that wait for it. */
  private makeRoom(logRoom: number): void {
    const { keeper, control } = this;
    const own = this.isSearching ? 1 : 0;
    waitUntilBusy(this.control, own);
    try {
      const limit = memoryLimit(this.memory, keeper.growth);
      if (limit !== undefined) throw new MemoryError(limit);
      keeper.maintain(logRoom + Atomics.exchange(control, Control.logRoom, 0));
    } catch (error) {
      this.failure ??= error as Error;
      throw error;
    }
    this.tellMemory();
    Atomics.and(control, Control.mind, ~Mind.hold);
    Atomics.store(control, Control.busy, own + Atomics.exchange(control, Control.held, 0));
    this.send({ kind: 'resume' });
  }

  private beginMove(next: SharedMemory): void {
    Atomics.store(this.control, Control.busy, this.workers.length);
    this.send({ kind: 'move', memory: next });
    this.told = next;
  }

  private tellMemory(): void {
    const { memory } = this.keeper;
    if (memory !== this.told) this.send({ kind: 'memory', memory });
    this.told = memory;
  }

  private send(message: ToWorker): void {
    for (const worker of this.workers) worker.postMessage(message);
    const { control } = this;
    Atomics.add(control, Control.bell, 1);
    Atomics.notify(control, Control.bell);
  }

  private fail(cause: unknown): void {
    if (this.stopping) return;
    const outOfMemory = (cause as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
    this.failure ??= outOfMemory
      ? new MemoryError('a worker thread has no memory left for JavaScript values')
      : new WorkerError(cause);
    this.settle?.reject(this.failure);
  }
}

/** As many as leave each hand several chunks, so that none is waited for long. */
function chunkOf(states: number, hands: number): number {
  return Math.max(1, Math.min(LARGEST_CHUNK, Math.floor(states / (8 * hands))));
}

function sharedNumbers(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * 4));
}
