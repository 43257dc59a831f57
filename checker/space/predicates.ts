import { describe } from '../language/canonical.ts';
import { ModelError } from '../language/errors.ts';
import { Memo, UNKNOWN } from './memo.ts';
import { runPurely } from './purity.ts';
import type { Recorder } from './recorder.ts';

/** Leaf 0: true without saying anything (its premise is false); 1: true; from 2 on: a sentence of what is wrong. */
export const IDLE = 0;
export const HOLDS = 1;

const FULL_SAMPLE = 64;
const SPARSE_SAMPLE = 256;

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
  private readonly code: { readonly name: string; readonly run: () => unknown }[] = [];
  private readonly misses: number[] = [];
  private readonly sentences: string[] = ['', ''];
  private readonly sentenceIds = new Map<string, number>();

  constructor(model: string, recorder: Recorder) {
    this.model = model;
    this.recorder = recorder;
    this.memo = new Memo(recorder.readables);
  }

  /** `run` answers IDLE's undefined, true, false or a sentence; it reads through views made for the recorder. */
  add(name: string, run: () => unknown): number {
    this.misses.push(0);
    return this.code.push({ name, run }) - 1;
  }

  /** IDLE, HOLDS, or the number of a sentence. @throws ModelError */
  test(predicate: number, vector: Int32Array): number {
    const known = this.memo.find(predicate, vector);
    return known === UNKNOWN ? this.evaluate(predicate, vector) : known;
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
    if (misses <= FULL_SAMPLE || misses % SPARSE_SAMPLE === 0) {
      const reads = this.recorder.reads.join();
      if (this.run(predicate, vector) !== result || this.recorder.reads.join() !== reads)
        throw this.impure(predicate);
    }
    if (this.memo.bytes > 256 * 2 ** 20) this.memo.clear();
    if (!this.memo.insert(predicate, this.recorder, result)) throw this.impure(predicate);
    return result;
  }

  private run(predicate: number, vector: Int32Array): number {
    const { name, run } = this.code[predicate] as { name: string; run: () => unknown };
    this.evaluations++;
    this.recorder.start(vector);
    try {
      const verdict = runPurely(run);
      if (verdict === undefined) return IDLE;
      if (verdict === true) return HOLDS;
      if (verdict === false) return this.sentenceId('');
      if (typeof verdict === 'string') return this.sentenceId(verdict);
      throw new ModelError(`answers ${describe(verdict)}; expected true, false or a sentence`);
    } catch (error) {
      throw error instanceof ModelError ? error.at({ model: this.model, property: name }) : error;
    }
  }

  private impure(predicate: number): ModelError {
    return new ModelError('is impure: run twice on the same state it answered differently', {
      model: this.model,
      property: this.code[predicate]?.name,
    });
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
