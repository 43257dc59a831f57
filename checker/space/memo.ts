import { IntList } from './int-list.ts';
import { PairMap } from './pair-map.ts';
import type { Readables } from './readables.ts';

/** What `find` answers when nothing is remembered for what the vector shows. */
export const UNKNOWN = -1;

/** What was looked at, in order: readables, and the ids of what they showed. */
export interface Reads {
  readonly reads: readonly number[];
  readonly ids: readonly number[];
}

/** Numbers a node, and which is which. */
const NODE = 4;
const READABLE = 0;
const BLOCK = 1;
const BLOCK_SIZE = 2;
const CHILDREN = 3;

/**
 * Memo tries: one root for each piece of code. A node names the readable to look at next, its branches are that
 * readable's ids, a leaf is the remembered result (a non-negative integer). A cache: forgetting never changes a result.
 *
 * Entries: 0 nothing, n > 0 the node n, n < 0 the leaf -n - 1. Small ids branch in a dense block, others by hash.
 */
export class Memo {
  readonly readables: Readables;
  private readonly roots = new IntList();
  /** By node, NODE numbers each, side by side since a lookup needs most of them at once. */
  private readonly nodes = new IntList(1024);
  private readonly blocks = new IntList(1024);
  private sparse = new PairMap();

  constructor(readables: Readables) {
    this.readables = readables;
    this.clear();
  }

  find(root: number, vector: Int32Array): number {
    let entry = this.roots.at(root);
    const nodes = this.nodes.data;
    const blocks = this.blocks.data;
    const vectorSize = this.readables.vectorSize;
    while (entry > 0) {
      const node = entry * NODE;
      const readable = nodes[node + READABLE] as number;
      const id = readable < vectorSize ? (vector[readable] as number) : this.readables.idOf(readable, vector);
      entry =
        id < (nodes[node + BLOCK_SIZE] as number)
          ? (blocks[(nodes[node + BLOCK] as number) + id] as number)
          : this.sparse.get(entry, id);
    }
    return entry === 0 ? UNKNOWN : -entry - 1;
  }

  /** What was looked at to find it, in order; undefined when nothing is remembered. */
  path(root: number, vector: Int32Array): readonly number[] | undefined {
    const path: number[] = [];
    let entry = this.roots.at(root);
    while (entry > 0) {
      const readable = this.nodes.at(entry * NODE + READABLE);
      path.push(readable);
      entry = this.branch(entry, this.readables.idOf(readable, vector));
    }
    return entry === 0 ? undefined : path;
  }

  /** Remembers `leaf` for what was seen. Answers false when the code read differently before: it is impure. */
  insert(root: number, { reads, ids }: Reads, leaf: number): boolean {
    let parent = 0;
    let id = 0;
    let entry = this.roots.at(root);
    for (let i = 0; i < reads.length; i++) {
      const readable = reads[i] as number;
      if (entry === 0) {
        entry = this.node(readable);
        this.link(root, parent, id, entry);
      } else if (entry < 0 || this.nodes.at(entry * NODE + READABLE) !== readable) {
        return false;
      }
      parent = entry;
      id = ids[i] as number;
      entry = this.branch(parent, id);
    }
    if (entry !== 0) return false;
    this.link(root, parent, id, -leaf - 1);
    return true;
  }

  private branch(node: number, id: number): number {
    return id < this.nodes.at(node * NODE + BLOCK_SIZE)
      ? this.blocks.at(this.nodes.at(node * NODE + BLOCK) + id)
      : this.sparse.get(node, id);
  }

  private node(readable: number): number {
    const { nodes } = this;
    const node = nodes.length / NODE;
    nodes.put(nodes.length + NODE - 1, 0);
    nodes.put(node * NODE + READABLE, readable);
    return node;
  }

  private link(root: number, parent: number, id: number, entry: number): void {
    if (parent === 0) {
      this.roots.put(root, entry);
      return;
    }
    const node = parent * NODE;
    const children = this.nodes.at(node + CHILDREN) + 1;
    this.nodes.put(node + CHILDREN, children);
    const size = this.nodes.at(node + BLOCK_SIZE);
    if (id >= size && id < 4 + 4 * children) this.widen(parent, id);
    if (id < this.nodes.at(node + BLOCK_SIZE)) this.blocks.put(this.nodes.at(node + BLOCK) + id, entry);
    else this.sparse.set(parent, id, entry);
  }

  /** A larger block at the end of the pool; the old one is left behind, at most as much again in all. */
  private widen(node: number, id: number): void {
    const old = this.nodes.at(node * NODE + BLOCK_SIZE);
    const from = this.nodes.at(node * NODE + BLOCK);
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
    this.nodes.put(node * NODE + BLOCK, to);
    this.nodes.put(node * NODE + BLOCK_SIZE, size);
  }

  clear(): void {
    for (const list of [this.roots, this.nodes, this.blocks]) list.reset();
    this.node(0); // node 0 does not exist
    this.sparse = new PairMap();
  }

  get bytes(): number {
    return this.roots.bytes + this.nodes.bytes + this.blocks.bytes + this.sparse.bytes;
  }
}
