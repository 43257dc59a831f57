import type { Worker } from 'node:worker_threads';
import type { Space } from '../../space/space.ts';
import { memoryLimit } from '../limits.ts';
import { sleepWords } from '../sleep-sets.ts';
import type { Visited } from '../visited.ts';
import { Keeper } from './keeper.ts';
import type { FromWorker, RoundReport, ToWorker } from './messages.ts';
import { Control, Mind, type SharedMemory } from './shared-memory.ts';
import type { SleepBatch } from './shared-sleep.ts';
import { startWorker, type WorkerSource } from './start-worker.ts';

/** A worker thread has died. What was found until then stands; nothing may be concluded from what was not. */
export class WorkerError extends Error {
  override readonly name = 'WorkerError';

  constructor(cause: unknown) {
    super(`a worker thread has died: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** There is no memory for more states, or none that the search may take. */
export class MemoryError extends Error {
  override readonly name = 'MemoryError';
}

export interface Round {
  /** The states up to this number were handed out. */
  readonly end: number;
  /** What all workers counted; undefined when the round is void, since there was news: nothing has changed then. */
  readonly reports: readonly RoundReport[] | undefined;
}

const LARGEST_CHUNK = 128;

/** The workers of a search, between whose rounds the states are those that a search on one thread has. */
export class Team {
  private readonly workers: readonly Worker[];
  private readonly keeper: Keeper;
  private readonly sleepWords: number;
  /** What sleeps in the states that are not yet expanded, of those that workers have found. */
  private sleep: readonly SleepBatch[] = [];
  /** What the workers were told last. */
  private told: SharedMemory;
  private readonly arrived = new Map<Worker, FromWorker>();
  private readonly memory: number | undefined;
  /** Those that wait for room, and how many still fill the new table. */
  private held: readonly Worker[] = [];
  private filling = 0;
  private failure: Error | undefined;
  private stopping = false;
  private settle: { resolve(): void; reject(error: unknown): void } | undefined;

  /** Starts so many threads; answers them when all are ready. @throws WorkerError */
  static start(source: WorkerSource, count: number): Promise<Worker[]> {
    const workers = Array.from({ length: count }, () => startWorker(source));
    const ready = workers.map(
      (worker) =>
        new Promise<Worker>((resolve, reject) => {
          worker.once('message', () => resolve(worker));
          worker.once('error', (error) => reject(new WorkerError(error)));
        }),
    );
    return Promise.all(ready).catch(async (error) => {
      await Promise.all(workers.map((worker) => worker.terminate()));
      throw error;
    });
  }

  /** Takes over the states of a search on one thread. The process may take so many bytes of `memory`. */
  constructor(
    workers: readonly Worker[],
    space: Space,
    visited: Visited,
    tableBits: number,
    memory: number | undefined,
  ) {
    this.workers = workers;
    this.memory = memory;
    this.sleepWords = sleepWords(space.transitions.instances.length);
    this.keeper = new Keeper(space.layout, visited, tableBits);
    for (const worker of workers) {
      worker.on('message', (message: FromWorker) => this.receive(worker, message));
      worker.on('error', (error) => this.fail(error));
      worker.on('exit', (code) => {
        if (!this.stopping) this.fail(new Error(`it exited with ${code}`));
      });
      if (worker.threadId < 0) this.fail(new Error('it ended before it began'));
    }
    this.told = this.keeper.memory;
    this.send({ kind: 'memory', memory: this.told });
  }

  get states(): Visited {
    return this.keeper.states;
  }

  /**
   * Expands the states from `from` to `to`. With more than `limit` states it is void, as when there is news.
   * @throws WorkerError or MemoryError; after it the team can only be stopped
   */
  async round(from: number, to: number, limit: number, known: readonly string[]): Promise<Round> {
    const { keeper, workers } = this;
    const { control } = keeper.states;
    const first = keeper.states.count;
    const chunk = Math.max(1, Math.min(LARGEST_CHUNK, Math.floor((to - from) / (8 * workers.length))));
    this.tellMemory();
    control[Control.next] = from;
    control[Control.mind] = 0;
    const memo = Math.floor((8 * first) / workers.length);
    this.sleep = this.sleep.filter(({ end }) => end > from);
    const sleep = this.sleep.filter((batch) => batch.first < to);
    await this.all({ kind: 'round', from, to, chunk, known, sleep, memo });
    const reports = [...this.arrived.values()].flatMap((one) =>
      one.kind === 'searched' ? [one.report] : [],
    );
    const full = reports.find((report) => report.full !== undefined)?.full;
    if (full !== undefined) throw new MemoryError(full);
    const end = Math.min(to, control[Control.next] as number);
    if (reports.some(({ news }) => news) || keeper.states.count >= limit) {
      keeper.truncate(first);
      return { end, reports: undefined };
    }
    if (keeper.states.count > first) await this.number(first, Math.ceil((to - from) / chunk));
    return { end, reports };
  }

  /** Gives the new states of the round the numbers that a search on one thread gives them. */
  private async number(first: number, chunks: number): Promise<void> {
    const { states } = this.keeper;
    const counts = sharedNumbers(chunks);
    await this.all({ kind: 'settle', counts });
    let end = first;
    const numbers = sharedNumbers(chunks);
    for (let chunk = 0; chunk < chunks; chunk++) {
      numbers[chunk] = end;
      end += counts[chunk] as number;
    }
    const records = sharedNumbers((end - first) * states.stride);
    const asleep = sharedNumbers((end - first) * this.sleepWords);
    await this.all({ kind: 'renumber', numbers, records, asleep, first });
    this.keeper.adopt(records, first, end);
    this.sleep = [...this.sleep, { first, end, sets: asleep }];
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.workers.map((worker) => worker.terminate()));
    this.keeper.log.release();
  }

  /** Stops in the midst of a round, which is void: so many states remain. */
  async abandon(states: number): Promise<void> {
    await this.stop();
    this.keeper.truncate(states);
  }

  /** Sends a message to all workers and waits until each has done what it says. */
  private all(message: ToWorker): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    this.arrived.clear();
    return new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
      this.send(message);
    });
  }

  private receive(worker: Worker, message: FromWorker): void {
    if (message.kind === 'filled') {
      if (--this.filling === 0) this.resume();
      return;
    }
    this.arrived.set(worker, message);
    if (this.arrived.size < this.workers.length) return;
    const held = [...this.arrived].flatMap(([one, { kind }]) => (kind === 'held' ? [one] : []));
    if (held.length === 0) this.settle?.resolve();
    else {
      this.held = held;
      this.makeRoom();
    }
  }

  /** While nobody runs: makes room, with the help of all workers, and has those go on that wait for it. */
  private makeRoom(): void {
    const { keeper, workers } = this;
    let isNew: boolean;
    try {
      const limit = memoryLimit(this.memory, keeper.growth);
      if (limit !== undefined) throw new MemoryError(limit);
      const wanted = [...this.arrived.values()].map((one) => (one.kind === 'held' ? one.logRoom : 0));
      isNew = keeper.maintain(Math.max(...wanted), false);
    } catch (error) {
      this.failure = error as Error;
      this.settle?.reject(error);
      return;
    }
    this.tellMemory();
    if (!isNew) {
      this.resume();
      return;
    }
    this.filling = workers.length;
    for (const [share, worker] of workers.entries())
      worker.postMessage({ kind: 'fill', share, of: workers.length } satisfies ToWorker);
    this.ring();
  }

  private resume(): void {
    Atomics.and(this.keeper.states.control, Control.mind, ~Mind.hold);
    for (const worker of this.held) {
      this.arrived.delete(worker);
      worker.postMessage({ kind: 'resume' } satisfies ToWorker);
    }
    this.ring();
  }

  private tellMemory(): void {
    const { memory } = this.keeper;
    if (memory !== this.told) this.send({ kind: 'memory', memory });
    this.told = memory;
  }

  private send(message: ToWorker): void {
    for (const worker of this.workers) worker.postMessage(message);
    this.ring();
  }

  private ring(): void {
    const { control } = this.keeper.states;
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

function sharedNumbers(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * 4));
}
