import { IntList } from './int-list.ts';
import type { Readables } from './readables.ts';
import type { Recorder } from './recorder.ts';

/** The items whose first read is the same; by id of what it shows, a bit for each item that this alone does not decide. */
interface Group {
  readonly readable: number;
  readonly members: Uint32Array;
  /** By id, `words` numbers each. */
  readonly open: IntList;
  ids: number;
}

/**
 * Which pieces of code are still to be asked, when the component that each reads first has a value that alone makes it say
 * no. One look per component that is read first, instead of one per action instance. What is learned stays true: the
 * first read of pure code depends on nothing.
 */
export class SkipLists {
  /** Of the last `look`: a bit for each item that has to be asked. */
  readonly candidates: Uint32Array;
  private readonly readables: Readables;
  private readonly words: number;
  private readonly always: Uint32Array;
  private readonly groups: Group[] = [];
  private readonly groupOf: (Group | undefined)[] = [];

  constructor(readables: Readables, items: number) {
    this.readables = readables;
    this.words = Math.ceil(items / 32);
    this.candidates = new Uint32Array(this.words);
    this.always = new Uint32Array(this.words);
    for (let i = 0; i < items; i++) this.always[i >>> 5] = (this.always[i >>> 5] as number) | (1 << (i & 31));
  }

  look(vector: Int32Array): void {
    const { candidates, words, groups } = this;
    candidates.set(this.always);
    for (let g = 0; g < groups.length; g++) {
      const group = groups[g] as Group;
      const { readable } = group;
      const id =
        readable < this.readables.vectorSize
          ? (vector[readable] as number)
          : this.readables.idOf(readable, vector);
      if (id >= group.ids) this.widen(group, id);
      const open = group.open.data;
      const from = id * words;
      for (let w = 0; w < words; w++) {
        candidates[w] = (candidates[w] as number) | (open[from + w] as number);
      }
    }
  }

  /** After an evaluation of item `i`: it reads what the recorder saw, and `no` is whether it was decided by that. */
  learn(i: number, recorder: Recorder, no: boolean): void {
    const readable = recorder.reads[0];
    if (readable === undefined) return;
    const group = this.groupOf[i] ?? this.join(i, readable);
    if (!no || recorder.reads.length > 1) return;
    const id = recorder.ids[0] as number;
    if (id >= group.ids) this.widen(group, id);
    const at = id * this.words + (i >>> 5);
    group.open.data[at] = group.open.at(at) & ~(1 << (i & 31));
  }

  private join(i: number, readable: number): Group {
    let group = this.groups.find((one) => one.readable === readable);
    if (group === undefined) {
      group = { readable, members: new Uint32Array(this.words), open: new IntList(), ids: 0 };
      this.groups.push(group);
    }
    const bit = 1 << (i & 31);
    const word = i >>> 5;
    this.always[word] = (this.always[word] as number) & ~bit;
    group.members[word] = (group.members[word] as number) | bit;
    for (let id = 0; id < group.ids; id++) {
      const at = id * this.words + word;
      group.open.data[at] = group.open.at(at) | bit;
    }
    this.groupOf[i] = group;
    return group;
  }

  private widen(group: Group, id: number): void {
    group.open.reserve((id + 1) * this.words);
    for (; group.ids <= id; group.ids++) group.open.data.set(group.members, group.ids * this.words);
  }

  get bytes(): number {
    return this.groups.reduce((sum, group) => sum + group.open.bytes, 0);
  }
}
