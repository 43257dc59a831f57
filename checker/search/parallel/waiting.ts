import { Control } from './shared-memory.ts';
import { WorkerError } from './start-workers.ts';

/** Nobody is waited for without looking whether it is still alive, unless it does something now and then. */
const SILENCE_MS = 1000;
const MOST_SILENCES = 5;

/**
 * Waits, without messages, until no more than `count` hands are at work. @throws WorkerError when a worker has ended, or none
 * gives a sign of life; which it is, messages tell
 */
export function waitUntilBusy(control: Int32Array, count: number): void {
  let silences = 0;
  for (;;) {
    const busy = Atomics.load(control, Control.busy);
    const part = Atomics.load(control, Control.part);
    if (busy <= count) return;
    if (Atomics.load(control, Control.ended) !== 0) throw new WorkerError('it does not answer');
    Atomics.wait(control, Control.busy, busy, SILENCE_MS);
    const isSilent =
      Atomics.load(control, Control.busy) === busy && Atomics.load(control, Control.part) === part;
    silences = isSilent ? silences + 1 : 0;
    if (silences === MOST_SILENCES) throw new WorkerError('it does not answer');
  }
}
