import { type Limits, Pacer } from '../search/limits.ts';
import { IntList } from '../space/int-list.ts';
import { PairMap } from '../space/pair-map.ts';
import { Moves, type Traces } from './traces.ts';

/** A trace as labels; the first one is that of its beginning. */
export type LabelTrace = readonly number[];

/** A trace of one side whose last label the other side cannot follow. */
export interface Distinguishing {
  readonly labels: LabelTrace;
  /** Where the other side may be before the last label; undefined when it cannot even begin so. */
  readonly other: number | undefined;
}

export interface Walked {
  /** The shortest trace of the left side that the right one has not; undefined when there is none, or none was found. */
  readonly lost: Distinguishing | undefined;
  /** The same the other way round. */
  readonly gained: Distinguishing | undefined;
  /** Pairs of nodes that were gone through. */
  readonly pairs: number;
  readonly stoppedBy: string | undefined;
}

export interface WalkOptions extends Pick<Limits, 'seconds' | 'signal'> {
  /** Which differences to look for; both by default. */
  readonly want?: 'both' | 'lost';
  readonly maxPairs?: number | undefined;
  /** Told of each pair of nodes that one trace leads to, nearest first. */
  readonly onPair?: ((left: number, right: number, trace: () => LabelTrace) => void) | undefined;
  /** Why to stop, asked after every pair. */
  readonly mustStop?: (() => string | undefined) | undefined;
  readonly onProgress?: ((pairs: number) => void) | undefined;
}

/** About 1 GiB: a pair takes up to 50 bytes. */
const MAX_PAIRS = 20_000_000;

const NONE = -1;

/**
 * Goes through two sets of traces side by side, breadth-first, until each side has shown a trace that the other has not, or all
 * common traces are gone through. Among the shortest it finds the first one by the order of either side's labels.
 */
export async function walkPairs(left: Traces, right: Traces, options: WalkOptions = {}): Promise<Walked> {
  return new PairWalk(left, right, options).run();
}

class PairWalk {
  private readonly left: Traces;
  private readonly right: Traces;
  private readonly options: WalkOptions;
  private readonly known = new PairMap();
  private readonly lefts = new IntList();
  private readonly rights = new IntList();
  private readonly parents = new IntList();
  private readonly labels = new IntList();
  private readonly ofLeft = new Moves();
  private readonly ofRight = new Moves();
  /** By label: the pass that saw it on the right, and the node there. */
  private readonly seenIn = new IntList();
  private readonly nodeAt = new IntList();
  private pass = 0;
  private lost: Distinguishing | undefined;
  private gained: Distinguishing | undefined;

  constructor(left: Traces, right: Traces, options: WalkOptions) {
    this.left = left;
    this.right = right;
    this.options = options;
  }

  async run(): Promise<Walked> {
    const { maxPairs = MAX_PAIRS, want = 'both', mustStop, onProgress } = this.options;
    const pacer = new Pacer(this.options, () => onProgress?.(this.lefts.length));
    this.left.begin(this.ofLeft);
    this.right.begin(this.ofRight);
    this.match(NONE);
    let stoppedBy: string | undefined;
    for (let pair = 0; pair < this.lefts.length; pair++) {
      if (this.lost !== undefined && (want === 'lost' || this.gained !== undefined)) break;
      this.left.next(this.lefts.at(pair), this.ofLeft);
      this.right.next(this.rights.at(pair), this.ofRight);
      this.match(pair);
      stoppedBy = mustStop?.();
      if (this.lefts.length > maxPairs) stoppedBy = `the limit of ${maxPairs} pairs of states`;
      else if (pacer.due()) stoppedBy ??= await pacer.rest();
      if (stoppedBy !== undefined) break;
    }
    return { lost: this.lost, gained: this.gained, pairs: this.lefts.length, stoppedBy };
  }

  /** Compares what both sides can do after a pair. */
  private match(pair: number): void {
    const { ofLeft, ofRight, seenIn, nodeAt } = this;
    const seen = ++this.pass;
    for (let i = 0; i < ofRight.count; i++) {
      const label = ofRight.label.at(i);
      seenIn.put(label, seen);
      nodeAt.put(label, ofRight.node.at(i));
    }
    const common = ++this.pass;
    for (let i = 0; i < ofLeft.count; i++) {
      const label = ofLeft.label.at(i);
      if (seenIn.at(label) === seen) {
        seenIn.put(label, common);
        this.add(ofLeft.node.at(i), nodeAt.at(label), pair, label);
      } else {
        this.lost ??= this.distinguishing(pair, label, this.rights);
      }
    }
    for (let i = 0; i < ofRight.count && this.gained === undefined; i++) {
      const label = ofRight.label.at(i);
      if (seenIn.at(label) !== common) this.gained = this.distinguishing(pair, label, this.lefts);
    }
  }

  private add(left: number, right: number, parent: number, label: number): void {
    if (this.known.get(left, right) !== 0) return;
    const pair = this.lefts.push(left);
    this.known.set(left, right, pair + 1);
    this.rights.push(right);
    this.parents.push(parent);
    this.labels.push(label);
    this.options.onPair?.(left, right, () => this.traceTo(pair));
  }

  private distinguishing(pair: number, label: number, others: IntList): Distinguishing {
    return { labels: [...this.traceTo(pair), label], other: pair === NONE ? undefined : others.at(pair) };
  }

  private traceTo(pair: number): LabelTrace {
    const labels: number[] = [];
    for (let at = pair; at !== NONE; at = this.parents.at(at)) labels.push(this.labels.at(at));
    return labels.reverse();
  }
}
