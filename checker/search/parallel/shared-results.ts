import type { Domain } from '../../space/domain.ts';
import type { SharedResults } from '../../space/results.ts';
import type { SharedLog } from './shared-log.ts';

/** Results that find a place: beyond, each thread works out what it needs, as it would without others. */
const PLACES = 2 ** 21;
/** Numbers a place: the call + 1, the id + 1, the result + 1. */
const PLACE = 3;
const TRIES = 8;

/** Of the whole table; what nobody writes to takes no memory. */
export const RESULTS_BYTES = PLACES * PLACE * 4;

/**
 * Results of operations, in memory that threads share. A place is taken once and never changes afterwards, so whatever part
 * of it a thread sees is right; while its numbers are not all there, the result is not known.
 */
export class ResultTable implements SharedResults {
  private readonly numbers: Int32Array;
  private readonly log: SharedLog;
  private readonly domains: readonly Domain[];

  constructor(memory: SharedArrayBuffer, log: SharedLog, domains: readonly Domain[]) {
    this.numbers = new Int32Array(memory);
    this.log = log;
    this.domains = domains;
  }

  callNumber(domain: Domain, operation: number, argument: string): number {
    return this.log.numberOf(`${this.domains.indexOf(domain)} ${operation} ${argument}`);
  }

  get(call: number, id: number): number {
    const { numbers } = this;
    let place = placeOf(call, id);
    for (let tries = 0; tries < TRIES; tries++) {
      const at = place * PLACE;
      const taken = numbers[at] as number;
      if (taken === 0) return 0;
      if (taken === call + 1 && numbers[at + 1] === id + 1) return numbers[at + 2] as number;
      place = (place + 1) & (PLACES - 1);
    }
    return 0;
  }

  set(call: number, id: number, result: number): void {
    const { numbers } = this;
    let place = placeOf(call, id);
    for (let tries = 0; tries < TRIES; tries++) {
      const at = place * PLACE;
      if (Atomics.compareExchange(numbers, at, 0, call + 1) === 0) {
        Atomics.store(numbers, at + 2, result + 1);
        Atomics.store(numbers, at + 1, id + 1);
        return;
      }
      place = (place + 1) & (PLACES - 1);
    }
  }
}

function placeOf(call: number, id: number): number {
  const h = Math.imul(Math.imul(call, 0x9e3779b1) ^ id, 0x85ebca6b);
  return (h ^ (h >>> 15)) & (PLACES - 1);
}
