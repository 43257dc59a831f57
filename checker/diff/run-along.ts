import type { Path } from '../search/path.ts';
import { CUT, type LabelledGraph } from './labelled-graph.ts';
import type { Observer } from './observed-traces.ts';
import type { LabelTrace } from './pair-walk.ts';

/** Where a run stands: in a state, with so many labels of the trace behind it. */
interface At {
  readonly state: number;
  readonly done: number;
  readonly before: At | undefined;
  /** The label of the step to here. */
  readonly by: number;
}

/** The shortest run that makes a trace of labels; with an observer, of what it sees. @throws RangeError for no trace of the graph */
export function runAlong(graph: LabelledGraph, trace: LabelTrace, observer?: Observer): Path {
  const queue: At[] = [];
  const known = new Set<string>();
  const add = (at: At): void => {
    const key = `${at.state} ${at.done}`;
    if (known.has(key)) return;
    known.add(key);
    queue.push(at);
  };
  for (const state of graph.initial) {
    if (observer === undefined || observer.of(state) === trace[0])
      add({ state, done: 1, before: undefined, by: 0 });
  }
  for (const at of queue) {
    if (at.done === trace.length) return pathTo(at, graph);
    const begin = graph.begin(at.state);
    for (let edge = begin, end = graph.end(at.state); edge < end; edge++) {
      const state = graph.targetOf(edge);
      if (state === CUT) continue;
      const by = graph.labelOf(edge);
      const shown = observer === undefined ? by : observer.of(state);
      if (shown === trace[at.done]) add({ state, done: at.done + 1, before: at, by });
      else if (observer !== undefined && shown === observer.of(at.state))
        add({ state, done: at.done, before: at, by });
    }
  }
  throw new RangeError('a trace that was found cannot be made again');
}

function pathTo(end: At, graph: LabelledGraph): Path {
  const passed: At[] = [];
  for (let at: At | undefined = end; at !== undefined; at = at.before) passed.unshift(at);
  const steps = passed.slice(1).map(({ by }) => graph.stepOf(by));
  return { states: passed.map(({ state }) => graph.vectorOf(state)), steps };
}
