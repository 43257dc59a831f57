import { type MessagePort, parentPort, receiveMessageOnPort } from 'node:worker_threads';
import type { Space } from '../../space/space.ts';
import type { Failure } from '../../space/state-checks.ts';
import { Counts } from '../counts.ts';
import { memoryLimit } from '../limits.ts';
import type { Violation } from '../result.ts';
import { sleepWords } from '../sleep-sets.ts';
import { type Listener, Visitor } from '../visitor.ts';
import { Claims } from './claims.ts';
import type { FromWorker, RoundReport, ToWorker } from './messages.ts';
import { SharedLog } from './shared-log.ts';
import { Control, Mind, type SharedMemory } from './shared-memory.ts';
import { SharedSleep } from './shared-sleep.ts';
import { SharedStates } from './shared-states.ts';

/** Makes this thread a worker of the search that has started it, on the same space as that one's. */
export function serveSearch(space: Space): void {
  const port = parentPort;
  if (port === null) throw new Error('not a worker thread');
  port.once('message', (message: ToWorker) => {
    if (message.kind === 'memory') new SearchWorker(space, port, message.memory).listen();
  });
  post(port, { kind: 'ready' });
}

function post(port: MessagePort, message: FromWorker): void {
  port.postMessage(message);
}

/** Does what it is told by messages, and never goes back to its event loop. */
class SearchWorker implements Listener {
  private readonly space: Space;
  private readonly port: MessagePort;
  private readonly control: Int32Array;
  private readonly log: SharedLog;
  private readonly store: SharedStates;
  private readonly claims: Claims;
  private readonly sleep: SharedSleep;
  private readonly counts: Counts;
  private readonly visitor: Visitor;
  private known: ReadonlySet<string> = new Set();
  private news = false;
  private full: string | undefined;

  constructor(space: Space, port: MessagePort, memory: SharedMemory) {
    space.begin();
    this.space = space;
    this.port = port;
    this.log = SharedLog.from(space.layout.domains, memory.log);
    this.log.makeRoom = (bytes) => this.hold(bytes);
    const instances = space.transitions.instances.length;
    this.claims = new Claims(sleepWords(instances));
    this.sleep = new SharedSleep(this.claims);
    this.store = new SharedStates(memory);
    this.store.claims = this.claims;
    this.store.makeRoom = () => this.hold(0);
    this.control = this.store.control;
    this.counts = new Counts(instances);
    this.visitor = new Visitor(space, this.store, this.counts, this, { sleep: this.sleep });
  }

  /** Handles messages until one says to resume. */
  listen(): void {
    for (;;) {
      const bell = Atomics.load(this.control, Control.bell);
      const received = receiveMessageOnPort(this.port) as { message: ToWorker } | undefined;
      if (received === undefined) Atomics.wait(this.control, Control.bell, bell);
      else if (received.message.kind === 'resume') return;
      else this.handle(received.message);
    }
  }

  private handle(message: ToWorker): void {
    switch (message.kind) {
      case 'memory':
        this.log.attach(message.memory.log);
        this.store.attach(message.memory);
        break;
      case 'round':
        this.known = new Set(message.known);
        this.space.transitions.allowMemo(message.memo);
        this.sleep.begin(message.sleep);
        this.search(message.from, message.to, message.chunk);
        post(this.port, { kind: 'searched', report: this.report() });
        break;
      case 'settle':
        this.claims.settle(this.store, message.counts);
        post(this.port, { kind: 'settled' });
        break;
      case 'renumber':
        this.claims.renumber(this.store, message.numbers, message);
        post(this.port, { kind: 'renumbered' });
        break;
      case 'fill':
        this.store.fill(message.share, message.of);
        post(this.port, { kind: 'filled' });
        break;
      case 'resume':
    }
  }

  private search(from: number, to: number, size: number): void {
    const { control, store, claims } = this;
    this.news = false;
    this.counts.clear();
    this.space.states.armed.fill(0);
    this.space.steps.armed.fill(0);
    claims.begin();
    while (!this.isVoid()) {
      store.beginChunk();
      const first = Atomics.add(control, Control.next, size);
      if (first >= to) return;
      this.expand(first, Math.min(first + size, to));
      claims.closeChunk((first - from) / size);
      this.full = memoryLimit(undefined);
      if (this.full !== undefined) Atomics.or(control, Control.mind, Mind.abort);
    }
  }

  private expand(first: number, end: number): void {
    try {
      for (let state = first; state < end && !this.isVoid(); state++) this.visitor.expand(state);
    } catch {
      this.tell(); // the error too is met again, in order, and thrown where the search was called
    }
  }

  /** Between two states: waits when the memory changes. Answers whether the round is void. */
  private isVoid(): boolean {
    const mind = Atomics.load(this.control, Control.mind);
    if (mind === 0) return false;
    if ((mind & Mind.hold) !== 0) this.hold(0);
    return (Atomics.load(this.control, Control.mind) & Mind.abort) !== 0;
  }

  private hold(logRoom: number): void {
    Atomics.or(this.control, Control.mind, Mind.hold);
    post(this.port, { kind: 'held', logRoom });
    this.listen();
  }

  /** There is news: the round is done again by one thread, which tells of it as a search on one thread does. */
  private tell(): void {
    this.news = true;
    Atomics.or(this.control, Control.mind, Mind.abort);
  }

  failed(_kind: Violation['kind'], failures: readonly Failure[]): void {
    if (failures.some(({ property }) => !this.known.has(property))) this.tell();
  }

  reached(witnesses: readonly string[]): void {
    if (witnesses.some((name) => !this.known.has(name))) this.tell();
  }

  private report(): RoundReport {
    const { space, news, full } = this;
    const { generated, cut, deadlocks, expanded, taken } = this.counts;
    return {
      news,
      full,
      generated,
      cut,
      deadlocks,
      expanded,
      taken,
      armedByStates: space.states.armed,
      armedBySteps: space.steps.armed,
      evaluations: space.transitions.evaluations,
      bytes: space.bytes,
    };
  }
}
