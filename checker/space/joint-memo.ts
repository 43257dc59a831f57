import { IntList } from './int-list.ts';
import { Memo, UNKNOWN } from './memo.ts';
import type { Predicates } from './predicates.ts';
import type { Readables } from './readables.ts';

const MEMO_BYTES = 64 * 2 ** 20;
/** A root is given up when more of its looks miss than these and one in so many. */
const FREE_MISSES = 64;
const WORTH = 16;

/**
 * What several predicates say of one vector, remembered together by all that they read: one look instead of one for each.
 * Worth it where they read the same; where they do not, their combinations are many, and the root is given up. A cache:
 * forgetting never changes a result.
 */
export class JointMemo {
  private readonly predicates: Predicates;
  private readonly memo: Memo;
  private readonly looks = new IntList();
  private readonly misses = new IntList();
  /** By leaf. */
  private readonly results: Int32Array[] = [];
  private readonly leaves = new Map<string, number>();

  constructor(readables: Readables, predicates: Predicates) {
    this.memo = new Memo(readables);
    this.predicates = predicates;
  }

  /** For another list of predicates. */
  newRoot(): number {
    this.looks.push(0);
    return this.misses.push(0);
  }

  isGivenUp(root: number): boolean {
    return this.misses.at(root) > FREE_MISSES + this.looks.at(root) / WORTH;
  }

  /** The results of the predicates, in their order; undefined when they have to be asked, each for itself. */
  find(root: number, vector: Int32Array): Int32Array | undefined {
    const leaf = this.memo.find(root, vector);
    const { data } = this.looks;
    data[root] = (data[root] as number) + 1;
    return leaf === UNKNOWN ? undefined : this.results[leaf];
  }

  /** What the predicates have just said. */
  learn(root: number, predicates: readonly number[], results: Int32Array, vector: Int32Array): void {
    this.misses.put(root, this.misses.at(root) + 1);
    if (this.memo.bytes > MEMO_BYTES) this.memo.clear();
    const reads = new Set<number>();
    for (const predicate of predicates) {
      const path = this.predicates.path(predicate, vector);
      if (path === undefined) return;
      for (const readable of path) reads.add(readable);
    }
    const { readables } = this.memo;
    const list = [...reads];
    const ids = list.map((readable) => readables.idOf(readable, vector));
    this.memo.insert(root, { reads: list, ids }, this.leafOf(results));
  }

  private leafOf(results: Int32Array): number {
    const key = results.join();
    let leaf = this.leaves.get(key);
    if (leaf === undefined) {
      leaf = this.results.push(results.slice()) - 1;
      this.leaves.set(key, leaf);
    }
    return leaf;
  }

  get bytes(): number {
    return this.memo.bytes;
  }
}
