import type { Domain, SharedIds } from '../../space/interner.ts';

const LOCK = 0;
/** Bytes written, the head included. */
const END = 1;
const HEAD = 8;
const LEAST = 2 ** 20;

/**
 * The values of all components in the order in which any thread first came to them: a head of two numbers, then for each
 * value the number of its domain, the length of its encoding, and the encoding in UTF-8, filled up to whole numbers. A
 * value's id is its place among those of its domain. Whoever has a new one locks the log, reads what others have added, and
 * appends it; everybody else reads it when a vector has an id that they do not know.
 */
export class SharedLog implements SharedIds {
  /** Has somebody make room for so many bytes more; the log is another buffer afterwards. */
  makeRoom: (bytes: number) => void = (bytes) => this.attach(this.larger(bytes));
  private readonly domains: readonly Domain[];
  private numbers = new Int32Array(new SharedArrayBuffer(0));
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
      for (let id = 0; id < domain.size; id++) log.append(number, Buffer.from(domain.encoding(id)));
    }
    log.read = log.numbers[END] as number;
    return log;
  }

  /** Reads a log, on a thread whose domains have initial values at most. @throws Error when those differ */
  static from(domains: readonly Domain[], buffer: SharedArrayBuffer): SharedLog {
    const log = new SharedLog(domains);
    log.attach(buffer);
    const known = domains.map(() => 0);
    while (log.read < (log.numbers[END] as number)) {
      const [number, text] = log.next();
      const domain = domains[number] as Domain;
      const id = known[number] as number;
      known[number] = id + 1;
      if (id >= domain.size) domain.learn(text);
      else if (domain.encoding(id) !== text)
        throw new Error(`a worker has another model: ${text} is not ${domain.encoding(id)}`);
    }
    return log;
  }

  private constructor(domains: readonly Domain[]) {
    this.domains = domains;
    for (const domain of domains) domain.shared = this;
  }

  /** The domains go on by themselves. */
  release(): void {
    this.catchUp();
    for (const domain of this.domains) domain.shared = undefined;
  }

  attach(buffer: SharedArrayBuffer): void {
    this.numbers = new Int32Array(buffer);
    this.bytes = Buffer.from(buffer);
  }

  get buffer(): SharedArrayBuffer {
    return this.numbers.buffer;
  }

  /** A copy with room for so many bytes more, for the time when no other thread runs. */
  larger(room: number): SharedArrayBuffer {
    const buffer = new SharedArrayBuffer(2 * (this.bytes.length + padded(room)));
    new Uint8Array(buffer).set(this.bytes);
    return buffer;
  }

  idOf(domain: Domain, text: string): number {
    const encoded = Buffer.from(text);
    for (;;) {
      this.lock();
      try {
        this.readAll();
        const known = domain.idOf(text);
        if (known !== undefined) return known;
        if (this.hasRoom(encoded)) {
          this.append(this.domains.indexOf(domain), encoded);
          this.read = this.numbers[END] as number;
          return domain.learn(text);
        }
      } finally {
        this.unlock();
      }
      this.makeRoom(encoded.length);
    }
  }

  catchUp(): void {
    this.lock();
    try {
      this.readAll();
    } finally {
      this.unlock();
    }
  }

  private readAll(): void {
    while (this.read < (this.numbers[END] as number)) {
      const [number, text] = this.next();
      (this.domains[number] as Domain).learn(text);
    }
  }

  private next(): [number, string] {
    const at = this.read >> 2;
    const length = this.numbers[at + 1] as number;
    const from = this.read + 8;
    this.read = from + padded(length);
    return [this.numbers[at] as number, this.bytes.toString('utf8', from, from + length)];
  }

  private hasRoom(encoded: Buffer): boolean {
    return (this.numbers[END] as number) + 8 + padded(encoded.length) <= this.bytes.length;
  }

  private append(domain: number, encoded: Buffer): void {
    if (!this.hasRoom(encoded)) this.makeRoom(encoded.length);
    const end = this.numbers[END] as number;
    this.numbers[end >> 2] = domain;
    this.numbers[(end >> 2) + 1] = encoded.length;
    this.bytes.set(encoded, end + 8);
    this.numbers[END] = end + 8 + padded(encoded.length);
  }

  private lock(): void {
    while (Atomics.compareExchange(this.numbers, LOCK, 0, 1) !== 0) Atomics.wait(this.numbers, LOCK, 1);
  }

  private unlock(): void {
    Atomics.store(this.numbers, LOCK, 0);
    Atomics.notify(this.numbers, LOCK);
  }
}

const padded = (length: number): number => (length + 3) & ~3;
