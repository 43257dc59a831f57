import { expect, test } from 'vitest';
import { Components } from '../../../../checker/search/liveness/components.ts';
import { StateGraph } from '../../../../checker/search/liveness/state-graph.ts';
import { REST_EVERY } from '../../../../checker/search/liveness/work.ts';

/** Two action instances: 0 goes on to the next state, 1 back to state 0. */
function path(states: number, back: (state: number) => boolean): StateGraph {
  const graph = new StateGraph(2);
  for (let state = 0; state < states; state++) {
    if (state + 1 < states) graph.add(state + 1, 0);
    if (back(state)) graph.add(0, 1);
    graph.close();
  }
  return graph;
}

function sizesOf(graph: StateGraph, avoiding?: Uint8Array): { sizes: number[]; rests: number } {
  const components = new Components(graph);
  const states = Uint32Array.from({ length: graph.states }, (_, i) => i);
  components.part.fill(components.newPart());
  const sizes: number[] = [];
  let rests = 0;
  for (const _ of components.find(states, 0, states.length, avoiding, (from, to) => sizes.push(to - from)))
    rests++;
  return { sizes, rests };
}

test('strongly connected components, and those that are left without some steps', () => {
  const graph = path(5, (state) => state === 2);
  expect(sizesOf(graph).sizes).toEqual([1, 1, 3]);
  expect(sizesOf(graph, Uint8Array.of(0, 1)).sizes).toEqual([1, 1, 1, 1, 1]);
});

test('one component of many states, without recursion, and with rests in between', () => {
  const { sizes, rests } = sizesOf(
    path(10 * REST_EVERY, (state) => state % 1000 === 0 || state === 10 * REST_EVERY - 1),
  );
  expect(sizes).toEqual([10 * REST_EVERY]);
  expect(rests).toBeGreaterThanOrEqual(9);
});
