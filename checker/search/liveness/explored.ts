import type { StateGraph } from './state-graph.ts';

/** A set of nodes of a graph, by their numbers. */
export type Test = (node: number) => boolean;

/**
 * What was explored, breadth first: a graph whose nodes each stand for a state of the model. Either the nodes are the states
 * themselves, or a state comes as several nodes, according to what a run remembers of its past.
 */
export interface Explored {
  readonly graph: StateGraph;
  /** The state's number in the store. */
  stateOf(node: number): number;
  /** By which node it was first reached; NO_PARENT for an initial one. */
  parentOf(node: number): number;
}
