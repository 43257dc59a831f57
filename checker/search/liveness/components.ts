import type { StateGraph } from './state-graph.ts';
import { REST_EVERY, type Work } from './work.ts';

const LAST_NUMBER = 0xfffffffe;

/**
 * Strongly connected components of parts of the graph: Tarjan ("Depth-first search and linear graph algorithms", 1972)
 * without recursion. A part is the states that carry its number in `part`; a component gets a number of its own as soon
 * as it is complete, and thereby leaves the part.
 */
export class Components {
  readonly part: Uint32Array;
  private readonly graph: StateGraph;
  private parts = 0;
  /** When a state was met, lowered to the earliest state that it leads back to. */
  private readonly met: Uint32Array;
  private readonly stack: Uint32Array;
  private readonly frames: Uint32Array;
  private readonly edges: Uint32Array;
  /** By depth of the search: when the state there was met. */
  private readonly whenMet: Uint32Array;
  private clock = 1;

  constructor(graph: StateGraph) {
    const { states } = graph;
    this.graph = graph;
    this.part = new Uint32Array(states);
    this.met = new Uint32Array(states);
    this.stack = new Uint32Array(states);
    this.frames = new Uint32Array(states);
    this.edges = new Uint32Array(states);
    this.whenMet = new Uint32Array(states);
  }

  /** A number that no state carries yet. */
  newPart(): number {
    if (this.parts >= LAST_NUMBER) throw new RangeError('more than 4 billion components');
    return ++this.parts;
  }

  /**
   * Finds the components of the part that consists of `states[from..to)`. Writes each into `states` from `from` on and calls
   * `found` with where it begins and ends there. Steps of the action instances marked in `avoiding` are left out.
   */
  *find(
    states: Uint32Array,
    from: number,
    to: number,
    avoiding: Uint8Array | undefined,
    found: (from: number, to: number) => void,
  ): Work<void> {
    const { part, met } = this;
    if (this.clock + (to - from) >= LAST_NUMBER) {
      met.fill(0);
      this.clock = 1;
    }
    const base = this.clock;
    const own = part[states[from] as number] as number;
    const roots = states.slice(from, to); // `states` is overwritten meanwhile
    const search = { own, base, states, avoiding, found, next: -1, depth: 0, height: 0, out: from };
    for (const root of roots) {
      if (part[root] !== own || (met[root] as number) >= base) continue;
      search.next = root;
      while (!this.advance(search)) yield;
    }
  }

  /** Goes on with a search for about REST_EVERY states. Not a generator itself: those run slowly. Answers whether it ended. */
  private advance(search: Search): boolean {
    const { graph, part, met, stack, frames, edges, whenMet } = this;
    const { own, base, states, avoiding, found } = search;
    let { next, depth, height, out } = search;
    const pause = this.clock + REST_EVERY;
    while (depth > 0 || next >= 0) {
      if (next >= 0) {
        if (this.clock >= pause) {
          search.next = next;
          search.depth = depth;
          search.height = height;
          search.out = out;
          return false;
        }
        whenMet[depth] = this.clock;
        met[next] = this.clock++;
        stack[height++] = next;
        frames[depth] = next;
        edges[depth++] = graph.begin(next);
        next = -1;
      }
      const state = frames[depth - 1] as number;
      const end = graph.end(state);
      let edge = edges[depth - 1] as number;
      let low = met[state] as number;
      while (edge < end && next < 0) {
        const target = graph.targetOf(edge++);
        if (part[target] !== own) continue;
        if (avoiding !== undefined && avoiding[graph.instanceOf(edge - 1)] === 1) continue;
        const seen = met[target] as number;
        if (seen < base) next = target;
        else if (seen < low) low = seen;
      }
      met[state] = low;
      edges[depth - 1] = edge;
      if (next >= 0) continue;
      depth--;
      if (low === whenMet[depth]) {
        const number = this.newPart();
        const begin = out;
        let member: number;
        do {
          member = stack[--height] as number;
          part[member] = number;
          states[out++] = member;
        } while (member !== state);
        found(begin, out);
      } else if (low < (met[frames[depth - 1] as number] as number)) {
        met[frames[depth - 1] as number] = low; // a state that is not the first of its component has one before it
      }
    }
    search.depth = 0;
    search.height = 0;
    search.out = out;
    return true;
  }
}

/** A depth-first search from one root, between two rests. */
interface Search {
  readonly own: number;
  readonly base: number;
  readonly states: Uint32Array;
  readonly avoiding: Uint8Array | undefined;
  readonly found: (from: number, to: number) => void;
  /** The state to be met next, or -1. */
  next: number;
  depth: number;
  height: number;
  /** Where the next component is written. */
  out: number;
}
