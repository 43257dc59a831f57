import { type MessagePort, parentPort, receiveMessageOnPort } from 'node:worker_threads';
import type { Space } from '../../space/space.ts';
import { Bits } from '../liveness/bits.ts';
import { Hand } from './hand.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { move } from './moving.ts';
import { SharedLog } from './shared-log.ts';
import { Control, type SharedMemory } from './shared-memory.ts';

/** Makes this thread a worker of the search that has started it, on the same space as that one's. */
export function serveSearch(space: Space): void {
  const port = parentPort;
  if (port === null) throw new Error('not a worker thread');
  port.once('message', (message: ToWorker) => {
    if (message.kind === 'memory') new SearchWorker(space, port, message.memory).listen();
  });
  port.postMessage({ kind: 'ready' } satisfies FromWorker);
}

/** Does what it is told by messages, and never goes back to its event loop. */
class SearchWorker {
  private readonly space: Space;
  private readonly port: MessagePort;
  private readonly log: SharedLog;
  private readonly hand: Hand;
  private readonly control: Int32Array;
  private memory: SharedMemory;

  constructor(space: Space, port: MessagePort, memory: SharedMemory) {
    space.begin();
    this.space = space;
    this.port = port;
    this.memory = memory;
    this.log = SharedLog.from(space.layout.domains, memory.log);
    this.hand = new Hand(space, memory, this.log, (logRoom) => this.wait(logRoom));
    this.log.makeRoom = (bytes) => this.hand.hold(bytes);
    this.control = this.hand.store.control;
    process.once('exit', () => this.end());
  }

  listen(): void {
    for (;;) this.handle(this.next());
  }

  private next(): ToWorker {
    for (;;) {
      const bell = Atomics.load(this.control, Control.bell);
      const received = receiveMessageOnPort(this.port) as { message: ToWorker } | undefined;
      if (received !== undefined) return received.message;
      Atomics.wait(this.control, Control.bell, bell);
    }
  }

  private handle(message: ToWorker): void {
    const { hand } = this;
    switch (message.kind) {
      case 'memory':
        this.attach(message.memory);
        break;
      case 'move':
        move(hand.store, message.memory);
        this.attach(message.memory);
        this.finish();
        break;
      case 'round': {
        const report = hand.search(message);
        const { transitions, bytes } = this.space;
        this.finish();
        this.post({ kind: 'searched', report: { ...report, evaluations: transitions.evaluations, bytes } });
        break;
      }
      case 'settle':
        hand.settle(message.counts);
        this.post({ kind: 'settled' });
        break;
      case 'number':
        hand.number(message);
        this.post({ kind: 'numbered' });
        break;
      case 'steps': {
        const steps = hand.steps();
        this.port.postMessage({ kind: 'steps', steps } satisfies FromWorker, [steps.notes.buffer]);
        break;
      }
      case 'ask': {
        const answers = message.answers.map((memory) => new Bits(message.states, memory));
        for (const _ of hand.ask(answers));
        this.finish();
        break;
      }
      case 'resume': // it was done when others were held
    }
  }

  private attach(memory: SharedMemory): void {
    if (memory.log !== this.memory.log) this.log.attach(memory.log);
    this.hand.store.attach(memory);
    this.memory = memory;
  }

  /** Until the memory has room. */
  private wait(logRoom: number): void {
    Atomics.add(this.control, Control.logRoom, logRoom);
    Atomics.add(this.control, Control.held, 1);
    this.finish();
    this.post({ kind: 'held' });
    for (let message = this.next(); message.kind !== 'resume'; message = this.next()) this.handle(message);
  }

  /** Whatever ends this thread (but for a lack of memory), nobody waits for it in vain. */
  private end(): void {
    Atomics.store(this.control, Control.ended, 1);
    Atomics.notify(this.control, Control.busy);
  }

  /** Counts this hand as busy no more, before the search's thread is told: whoever is told looks at how many are. */
  private finish(): void {
    Atomics.sub(this.control, Control.busy, 1);
    Atomics.notify(this.control, Control.busy);
  }

  private post(message: FromWorker): void {
    this.port.postMessage(message);
  }
}
