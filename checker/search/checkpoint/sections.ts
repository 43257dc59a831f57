import { createHash, type Hash } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';

const DIGEST = 32;
const READ_AT_ONCE = 2 ** 20;

/**
 * Writes a file of sections, each with its length before it, and a SHA-256 of all of them at the end. Until `finish` the
 * file has another name, so that a file of this name is always whole.
 */
export class SectionWriter {
  private readonly file: string;
  private readonly unfinished: string;
  private readonly descriptor: number;
  private readonly hash: Hash = createHash('sha256');

  /** @throws NodeJS.ErrnoException, as all methods */
  constructor(file: string) {
    this.file = file;
    this.unfinished = `${file}.new`;
    this.descriptor = openSync(this.unfinished, 'w');
  }

  json(value: unknown): void {
    this.bytes(Buffer.from(JSON.stringify(value)));
  }

  numbers(numbers: Int32Array): void {
    this.bytes(Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength));
  }

  finish(): void {
    this.write(this.hash.digest());
    fsyncSync(this.descriptor);
    closeSync(this.descriptor);
    renameSync(this.unfinished, this.file);
  }

  /** Leaves no file behind. */
  giveUp(): void {
    closeSync(this.descriptor);
    rmSync(this.unfinished, { force: true });
  }

  private bytes(bytes: Buffer): void {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    for (const part of [length, bytes]) {
      this.hash.update(part);
      this.write(part);
    }
  }

  private write(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) at += writeSync(this.descriptor, bytes, at);
  }
}

/** The file ends early, or a byte of it has changed. */
export class DamagedFile extends Error {
  override readonly name = 'DamagedFile';
}

/** Reads what `SectionWriter` has written, after making sure that it is whole. */
export class SectionReader {
  private readonly descriptor: number;
  private at = 0;

  /** @throws DamagedFile */
  constructor(file: string) {
    this.descriptor = openSync(file, 'r');
    try {
      this.verify();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  json(): unknown {
    return JSON.parse(this.bytes().toString());
  }

  numbers(): Int32Array {
    const bytes = this.bytes();
    return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private bytes(): Buffer {
    return this.read(this.read(4).readUInt32LE());
  }

  private read(length: number): Buffer {
    const bytes = Buffer.from(new ArrayBuffer(length));
    let done = 0;
    while (done < length) {
      const read = readSync(this.descriptor, bytes, done, length - done, this.at + done);
      if (read === 0) throw new DamagedFile();
      done += read;
    }
    this.at += length;
    return bytes;
  }

  private verify(): void {
    const end = fstatSync(this.descriptor).size - DIGEST;
    if (end < 0) throw new DamagedFile();
    const hash = createHash('sha256');
    while (this.at < end) hash.update(this.read(Math.min(READ_AT_ONCE, end - this.at)));
    if (!hash.digest().equals(this.read(DIGEST))) throw new DamagedFile();
    this.at = 0;
  }
}
