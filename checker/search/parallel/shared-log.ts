import type { Domain, Entry, SharedIds } from '../../space/domain.ts';
import { TextIds } from '../../space/interner.ts';
import { ListDomain } from '../../space/list-domain.ts';

/** FREE, TAKEN, or WAITED_FOR: somebody has to be woken. */
const LOCK = 0;
const FREE = 0;
const TAKEN = 1;
const WAITED_FOR = 2;
/** Bytes written, the head included. */
const END = 1;
const HEAD = 8;
/** Bytes of an entry before its text. */
const ENTRY_HEAD = 8;
const LEAST = 2 ** 20;
/** To wait by trying takes less time than to sleep: nobody has the lock for long. */
const TRIES = 500;
const PATIENCE_MS = 5000;

type Known = Pick<Domain, 'find' | 'learn'>;

class Texts implements Known {
  private readonly ids = new TextIds();

  find(entry: Entry): number | undefined {
    return this.ids.get(entry as string);
  }

  learn(entry: Entry): number {
    return this.ids.add(entry as string);
  }
}

/**
 * The values of all domains in the order in which any thread first came to them: a head of two numbers, then for each value
 * the number of its domain, the length of its entry in bytes, and the entry: a text in UTF-8, filled up to whole numbers, or
 * numbers. A value's id is its place among those of its domain. Whoever has a new one locks the log, reads what others have added, and
 * appends it; everybody else reads it when a vector has an id that they do not know.
 */
export class SharedLog implements SharedIds {
  /** Has somebody make room for so many bytes more; the log is another buffer afterwards. */
  makeRoom: (bytes: number) => void = (bytes) => this.attach(this.larger(bytes));
  /** Other texts to agree upon: their numbers come after those of the domains. */
  private readonly texts = new Texts();
  private readonly domains: readonly Domain[];
  private readonly numbers: ReadonlyMap<Domain, number>;
  private words = new Int32Array(new SharedArrayBuffer(0));
  private bytes = Buffer.from(new SharedArrayBuffer(0));
  /** Up to where this thread has read. */
  private read = HEAD;

  /** Begins a log with all values that the domains have. */
  static of(domains: readonly Domain[]): SharedLog {
    const log = new SharedLog(domains);
    const buffer = new SharedArrayBuffer(LEAST);
    new Int32Array(buffer)[END] = HEAD;
    log.attach(buffer);
    for (const [number, domain] of domains.entries()) {
      for (let id = 0; id < domain.size; id++) log.append(number, domain.entry(id));
    }
    return log;
  }

  /** Reads a log, on a thread whose domains have initial values at most. @throws Error when those differ */
  static from(domains: readonly Domain[], buffer: SharedArrayBuffer): SharedLog {
    const log = new SharedLog(domains);
    log.attach(buffer);
    const known = domains.map(() => 0);
    while (log.read < (log.words[END] as number)) {
      const [number, entry] = log.next();
      const domain = domains[number];
      if (domain === undefined) {
        log.texts.learn(entry);
        continue;
      }
      const id = known[number] as number;
      known[number] = id + 1;
      if (id >= domain.size) domain.learn(entry);
      else if (domain.find(entry) !== id)
        throw new Error(
          `a worker has another model: its value ${id} of ${domain.component} is ${domain.encoding(id)}`,
        );
    }
    return log;
  }

  private constructor(domains: readonly Domain[]) {
    this.domains = domains;
    this.numbers = new Map(domains.map((domain, number) => [domain, number]));
    for (const domain of domains) domain.shared = this;
  }

  /** The domains go on by themselves. No other thread may run, one that has died may have left the log locked. */
  release(): void {
    this.catchUp();
    for (const domain of this.domains) domain.shared = undefined;
  }

  attach(buffer: SharedArrayBuffer): void {
    this.words = new Int32Array(buffer);
    this.bytes = Buffer.from(buffer);
  }

  get buffer(): SharedArrayBuffer {
    return this.words.buffer;
  }

  /** A copy with room for so many bytes more, for the time when no other thread runs. */
  larger(room: number): SharedArrayBuffer {
    const buffer = new SharedArrayBuffer(4 * (this.bytes.length + padded(room)));
    new Uint8Array(buffer).set(this.bytes);
    return buffer;
  }

  idOf(domain: Domain, entry: Entry): number {
    return this.agreedId(this.numbers.get(domain) as number, domain, entry);
  }

  /** A number for any text, the same in all threads. */
  numberOf(text: string): number {
    const { texts, domains } = this;
    return texts.find(text) ?? this.agreedId(domains.length, texts, text);
  }

  /** Of what `known` does not have, unless others have added it meanwhile. */
  private agreedId(number: number, known: Known, entry: Entry): number {
    const length = lengthOf(entry);
    for (;;) {
      // Before others have to wait for it.
      const told = this.catchUp() ? known.find(entry) : undefined;
      if (told !== undefined) return told;
      this.lock();
      try {
        const last = this.catchUp() ? known.find(entry) : undefined;
        if (last !== undefined) return last;
        if (this.hasRoom(length)) {
          this.append(number, entry, length);
          return known.learn(entry);
        }
      } finally {
        this.unlock();
      }
      this.makeRoom(length);
      const meanwhile = known.find(entry);
      if (meanwhile !== undefined) return meanwhile;
    }
  }

  /** What has an end does not change any more, so it is read without the lock. */
  catchUp(): boolean {
    const end = Atomics.load(this.words, END);
    if (this.read === end) return false;
    while (this.read < end) {
      const [number, entry] = this.next();
      const domain = this.domains[number];
      if (domain === undefined) this.texts.learn(entry);
      else domain.learn(entry);
    }
    return true;
  }

  private next(): [number, Entry] {
    const at = this.read >> 2;
    const number = this.words[at] as number;
    const length = this.words[at + 1] as number;
    const from = this.read + ENTRY_HEAD;
    this.read = from + padded(length);
    return this.domains[number] instanceof ListDomain
      ? [number, this.words.subarray(from >> 2, this.read >> 2)]
      : [number, this.bytes.toString('utf8', from, from + length)];
  }

  private hasRoom(length: number): boolean {
    return (this.words[END] as number) + ENTRY_HEAD + padded(length) <= this.bytes.length;
  }

  /** By whoever has the lock and has caught up. */
  private append(number: number, entry: Entry, length = lengthOf(entry)): void {
    if (!this.hasRoom(length)) this.makeRoom(length);
    const end = this.words[END] as number;
    this.words[end >> 2] = number;
    this.words[(end >> 2) + 1] = length;
    if (typeof entry === 'string') this.bytes.write(entry, end + ENTRY_HEAD, length);
    else this.words.set(entry, (end + ENTRY_HEAD) >> 2);
    this.read = end + ENTRY_HEAD + padded(length);
    Atomics.store(this.words, END, this.read);
  }

  private lock(): void {
    const { words } = this;
    for (let tries = 0; tries < TRIES; tries++)
      if (Atomics.load(words, LOCK) === FREE && Atomics.compareExchange(words, LOCK, FREE, TAKEN) === FREE)
        return;
    while (Atomics.exchange(words, LOCK, WAITED_FOR) !== FREE) {
      if (Atomics.wait(words, LOCK, WAITED_FOR, PATIENCE_MS) === 'timed-out')
        throw new Error('the log of values stays locked'); // by a thread that has died
    }
  }

  private unlock(): void {
    if (Atomics.exchange(this.words, LOCK, FREE) === WAITED_FOR) Atomics.notify(this.words, LOCK, 1);
  }
}

const lengthOf = (entry: Entry): number =>
  typeof entry === 'string' ? Buffer.byteLength(entry) : 4 * entry.length;

const padded = (length: number): number => (length + 3) & ~3;
