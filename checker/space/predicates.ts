import { describe } from '../language/canonical.ts';
import { ModelError } from '../language/errors.ts';
import { Memo, UNKNOWN } from './memo.ts';
import { runPurely } from './purity.ts';
import type { Read, Recorder } from './recorder.ts';
import { sampled } from './sample.ts';

/** Leaf 0: true without saying anything (its premise is false); 1: true; from 2 on: a sentence of what is wrong. */
export const IDLE = 0;
export const HOLDS = 1;

const MEMO_BYTES = 256 * 2 ** 20;

const SILENT = Symbol('the premise is false');

/** What a property with a premise answers. @throws ModelError for a premise that is neither true nor false */
export function underPremise(premise: (() => unknown) | undefined, holds: () => unknown): unknown {
  if (premise === undefined) return holds();
  const armed = premise();
  if (typeof armed !== 'boolean') {
    throw new ModelError(`its premise answers ${describe(armed)}; expected true or false`);
  }
  return armed ? holds() : SILENT;
}

interface Code {
  readonly name: string;
  readonly run: () => unknown;
  /** Whether it may answer with a sentence instead of false. */
  readonly speaks: boolean;
}

/**
 * Predicates on vectors (properties, constraints, expected ends), each evaluated once per combination of what it reads.
 * All predicates of one object look at vectors of the same shape.
 */
export class Predicates {
  /** How often code ran; after a change of it the recorder tells what was read. */
  evaluations = 0;
  private readonly model: string;
  private readonly recorder: Recorder;
  private readonly memo: Memo;
  private readonly code: Code[] = [];
  private readonly misses: number[] = [];
  private readonly sentences: string[] = ['', ''];
  private readonly sentenceIds = new Map<string, number>();

  constructor(model: string, recorder: Recorder) {
    this.model = model;
    this.recorder = recorder;
    this.memo = new Memo(recorder.readables);
  }

  /** A property: `run` answers what `underPremise` does; it reads through views made for the recorder. */
  add(name: string, run: () => unknown): number {
    this.misses.push(0);
    return this.code.push({ name, run, speaks: true }) - 1;
  }

  /** A plain test, such as a constraint: `run` answers true or false. */
  addTest(name: string, run: () => unknown): number {
    this.misses.push(0);
    return this.code.push({ name, run, speaks: false }) - 1;
  }

  /** IDLE, HOLDS, or the number of a sentence. @throws ModelError */
  test(predicate: number, vector: Int32Array): number {
    try {
      const known = this.memo.find(predicate, vector);
      return known === UNKNOWN ? this.evaluate(predicate, vector) : known;
    } catch (error) {
      throw error instanceof ModelError
        ? error.at({ model: this.model, property: this.code[predicate]?.name })
        : error;
    }
  }

  /** What a test of this vector looks at, in order; undefined when it is not remembered. */
  path(predicate: number, vector: Int32Array): readonly number[] | undefined {
    return this.memo.path(predicate, vector);
  }

  /** What the predicate reads of this vector. @throws ModelError */
  looksAt(predicate: number, vector: Int32Array): readonly Read[] {
    this.run(predicate, vector);
    return this.recorder.told;
  }

  sentence(result: number): string {
    return this.sentences[result] ?? '';
  }

  get memoBytes(): number {
    return this.memo.bytes;
  }

  private evaluate(predicate: number, vector: Int32Array): number {
    const misses = (this.misses[predicate] as number) + 1;
    this.misses[predicate] = misses;
    const result = this.run(predicate, vector);
    if (sampled(misses)) {
      const reads = this.recorder.reads.join();
      if (this.run(predicate, vector) !== result || this.recorder.reads.join() !== reads) throw impure();
    }
    if (this.memo.bytes > MEMO_BYTES) this.memo.clear();
    if (!this.memo.insert(predicate, this.recorder, result)) throw impure();
    return result;
  }

  private run(predicate: number, vector: Int32Array): number {
    const { run, speaks } = this.code[predicate] as Code;
    this.evaluations++;
    this.recorder.start(vector);
    try {
      const verdict = runPurely(run);
      if (verdict === true) return HOLDS;
      if (verdict === false) return this.sentenceId('');
      if (speaks && verdict === SILENT) return IDLE;
      if (speaks && typeof verdict === 'string') return this.sentenceId(verdict);
      const expected = speaks ? 'true, false or a sentence' : 'true or false';
      throw new ModelError(`answers ${describe(verdict)}; expected ${expected}`);
    } finally {
      this.recorder.stop();
    }
  }

  private sentenceId(sentence: string): number {
    let id = this.sentenceIds.get(sentence);
    if (id === undefined) {
      id = this.sentences.push(sentence) - 1;
      this.sentenceIds.set(sentence, id);
    }
    return id;
  }
}

function impure(): ModelError {
  return new ModelError('is impure: run twice on the same state it answered differently');
}
