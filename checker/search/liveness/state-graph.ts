import { IntList } from '../../space/int-list.ts';

const CHUNK_BITS = 16;
const CHUNK = 2 ** CHUNK_BITS;
const MASK = CHUNK - 1;

/**
 * The transitions between the states of a complete search, compressed by rows: state s has the edges `begin(s)` to
 * `end(s)`, each with the number of the state after it and the action instance that takes it; 8 bytes an edge (6 with less
 * than 65,536 instances) and 4 a state. Steps that leave the state as it is are not kept: they are no progress, and
 * everybody may do nothing in any state anyway.
 */
export class StateGraph {
  private readonly first = new IntList();
  private readonly targets: Uint32Array[] = [];
  private readonly instances: (Uint16Array | Uint32Array)[] = [];
  private readonly wide: boolean;
  readonly actionInstances: number;
  edges = 0;
  /** Where the edges of the state that is being recorded begin. */
  private row = 0;

  /** `actionInstances`: how many there are. */
  constructor(actionInstances: number) {
    this.actionInstances = actionInstances;
    this.wide = actionInstances > 0xffff;
    this.first.push(0);
  }

  get states(): number {
    return this.first.length - 1;
  }

  /** Records a step out of the state that is being expanded, itself of number `states`. */
  add(target: number, instance: number): void {
    if (target === this.states) return;
    const last = this.edges - 1;
    // Alternatives with one effect are one edge; they come one after another.
    if (last >= this.row && this.targetOf(last) === target && this.instanceOf(last) === instance) return;
    const at = this.edges & MASK;
    if (at === 0) {
      this.targets.push(new Uint32Array(CHUNK));
      this.instances.push(this.wide ? new Uint32Array(CHUNK) : new Uint16Array(CHUNK));
    }
    const chunk = this.edges >>> CHUNK_BITS;
    (this.targets[chunk] as Uint32Array)[at] = target;
    (this.instances[chunk] as Uint16Array)[at] = instance;
    this.edges++;
  }

  /** Ends the row of the state that is being expanded. States are expanded in the order of their numbers. */
  close(): void {
    if (this.edges > 0x7fffffff) throw new RangeError('more than 2 billion transitions');
    this.first.push(this.edges);
    this.row = this.edges;
  }

  begin(state: number): number {
    return this.first.data[state] as number;
  }

  end(state: number): number {
    return this.first.data[state + 1] as number;
  }

  targetOf(edge: number): number {
    return (this.targets[edge >>> CHUNK_BITS] as Uint32Array)[edge & MASK] as number;
  }

  instanceOf(edge: number): number {
    return (this.instances[edge >>> CHUNK_BITS] as Uint16Array)[edge & MASK] as number;
  }

  get bytes(): number {
    return this.first.bytes + this.targets.length * CHUNK * (this.wide ? 8 : 6);
  }
}
