import { IntList } from '../../space/int-list.ts';
import type { StateGraph } from '../liveness/state-graph.ts';
import type { SharedStates } from './shared-states.ts';

/** Of the states that one hand has expanded in a round. */
export interface NotedSteps {
  /** The chunks in order, and where each begins in `notes`. */
  readonly chunks: readonly number[];
  readonly begins: readonly number[];
  /** Of each state how many steps, then each one's target and action instance. */
  readonly notes: Int32Array<ArrayBuffer>;
}

/** The steps that a hand takes in a round, where a search records them: targets by record until all states have numbers. */
export class StepNotes {
  private readonly notes = new IntList(1024);
  private readonly chunks: number[] = [];
  private readonly begins: number[] = [];
  private state = 0;

  begin(): void {
    this.notes.length = 0;
    this.chunks.length = 0;
    this.begins.length = 0;
  }

  beginChunk(chunk: number): void {
    this.chunks.push(chunk);
    this.begins.push(this.notes.length);
  }

  beginState(): void {
    this.state = this.notes.push(0);
  }

  add(record: number, instance: number): void {
    const { notes, state } = this;
    notes.push(record);
    notes.push(instance);
    notes.data[state] = (notes.data[state] as number) + 1;
  }

  /** A copy with numbers of states. */
  told(states: SharedStates): NotedSteps {
    const notes = this.notes.data.slice(0, this.notes.length);
    for (let at = 0; at < notes.length; ) {
      const end = at + 1 + 2 * (notes[at++] as number);
      for (; at < end; at += 2) notes[at] = states.numberOf(notes[at] as number);
    }
    return { chunks: [...this.chunks], begins: [...this.begins], notes };
  }
}

/** Records what all hands have noted in a round, in the order in which one thread expands its states. */
export function record(graph: StateGraph, noted: readonly NotedSteps[]): void {
  const all = noted.flatMap(({ chunks, begins, notes }) =>
    chunks.map((chunk, i) => {
      return { chunk, notes, begin: begins[i] as number, end: begins[i + 1] ?? notes.length };
    }),
  );
  for (const { notes, begin, end } of all.sort((a, b) => a.chunk - b.chunk)) {
    for (let at = begin; at < end; ) {
      const last = at + 1 + 2 * (notes[at++] as number);
      for (; at < last; at += 2) graph.add(notes[at] as number, notes[at + 1] as number);
      graph.close();
    }
  }
}
