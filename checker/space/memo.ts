import { IntList } from './int-list.ts';
import { PairMap } from './pair-map.ts';
import type { Readables } from './readables.ts';
import type { Recorder } from './recorder.ts';

/** What `find` answers when nothing is remembered for what the vector shows. */
export const UNKNOWN = -1;

/**
 * Memo tries: one root for each piece of code. A node names the readable to look at next, its branches are that
 * readable's ids, a leaf is the remembered result (a non-negative integer). A cache: forgetting never changes a result.
 *
 * Entries: 0 nothing, n > 0 the node n, n < 0 the leaf -n - 1. Small ids branch in a dense block, others by hash.
 */
export class Memo {
  private readonly readables: Readables;
  private readonly roots = new IntList();
  private readonly readableOf = new IntList();
  private readonly blockOf = new IntList();
  private readonly blockSize = new IntList();
  private readonly children = new IntList();
  private readonly blocks = new IntList(1024);
  private sparse = new PairMap();

  constructor(readables: Readables) {
    this.readables = readables;
    this.clear();
  }

  find(root: number, vector: Int32Array): number {
    let entry = this.roots.at(root);
    const readableOf = this.readableOf.data;
    const blockSize = this.blockSize.data;
    const blockOf = this.blockOf.data;
    const vectorSize = this.readables.vectorSize;
    while (entry > 0) {
      const readable = readableOf[entry] as number;
      const id = readable < vectorSize ? (vector[readable] as number) : this.readables.idOf(readable, vector);
      entry =
        id < (blockSize[entry] as number)
          ? (this.blocks.data[(blockOf[entry] as number) + id] as number)
          : this.sparse.get(entry, id);
    }
    return entry === 0 ? UNKNOWN : -entry - 1;
  }

  /** Remembers `leaf` for what the recorder has seen. Answers false when the code read differently before: it is impure. */
  insert(root: number, recorder: Recorder, leaf: number): boolean {
    const { reads, ids } = recorder;
    let parent = 0;
    let id = 0;
    let entry = this.roots.at(root);
    for (let i = 0; i < reads.length; i++) {
      const readable = reads[i] as number;
      if (entry === 0) {
        entry = this.node(readable);
        this.link(root, parent, id, entry);
      } else if (entry < 0 || this.readableOf.at(entry) !== readable) {
        return false;
      }
      parent = entry;
      id = ids[i] as number;
      entry =
        id < this.blockSize.at(parent)
          ? this.blocks.at(this.blockOf.at(parent) + id)
          : this.sparse.get(parent, id);
    }
    if (entry !== 0) return false;
    this.link(root, parent, id, -leaf - 1);
    return true;
  }

  private node(readable: number): number {
    this.blockOf.push(0);
    this.blockSize.push(0);
    this.children.push(0);
    return this.readableOf.push(readable);
  }

  private link(root: number, parent: number, id: number, entry: number): void {
    if (parent === 0) {
      this.roots.put(root, entry);
      return;
    }
    const children = this.children.at(parent) + 1;
    this.children.put(parent, children);
    const size = this.blockSize.at(parent);
    if (id >= size && id < 4 + 4 * children) this.widen(parent, id);
    if (id < this.blockSize.at(parent)) this.blocks.put(this.blockOf.at(parent) + id, entry);
    else this.sparse.set(parent, id, entry);
  }

  /** A larger block at the end of the pool; the old one is left behind, at most as much again in all. */
  private widen(node: number, id: number): void {
    const old = this.blockSize.at(node);
    const from = this.blockOf.at(node);
    let size = Math.max(4, old);
    while (size <= id) size *= 2;
    const to = this.blocks.length;
    this.blocks.reserve(to + size);
    this.blocks.length = to + size;
    this.blocks.data.copyWithin(to, from, from + old);
    this.blocks.data.fill(0, to + old, to + size);
    for (let i = old; i < size; i++) {
      const entry = this.sparse.get(node, i);
      if (entry !== 0) this.blocks.data[to + i] = entry;
    }
    this.blockOf.put(node, to);
    this.blockSize.put(node, size);
  }

  clear(): void {
    for (const list of [
      this.roots,
      this.readableOf,
      this.blockOf,
      this.blockSize,
      this.children,
      this.blocks,
    ]) {
      list.reset();
    }
    this.node(0); // node 0 does not exist
    this.sparse = new PairMap();
  }

  get bytes(): number {
    const lists = [this.roots, this.readableOf, this.blockOf, this.blockSize, this.children, this.blocks];
    return lists.reduce((sum, list) => sum + list.bytes, this.sparse.bytes);
  }
}
