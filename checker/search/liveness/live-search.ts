import type { Space } from '../../space/space.ts';
import type { Findings } from '../findings.ts';
import type { Pacer } from '../limits.ts';
import type { Visited } from '../visited.ts';
import type { Askers } from './askers.ts';
import { Liveness } from './liveness.ts';
import type { StateGraph } from './state-graph.ts';

/** What a search says of liveness: absent when no temporal property applies. */
export interface LivenessReport {
  /** Why the temporal properties are unchecked although they apply; undefined when they are checked. */
  readonly unchecked: string | undefined;
  /** The fairness that they rely on, a sentence each. */
  readonly assumptions: readonly string[];
  /** Transitions kept: without those that change nothing. */
  readonly transitions: number;
  /** Of the transitions kept; what is worked out on them takes about 45 a state more for a while. */
  readonly bytes: number;
  readonly seconds: number;
}

/**
 * A search that was cut says nothing of liveness: a run that leaves the constraint may go on to what it should come to, and
 * one that seems to end may not (tlaplus/tlaplus#839).
 */
const CUT = 'unchecked, since the constraint (within) cuts off runs: what they would come to cannot be known';

/** The part of a search that is about liveness: does nothing, and costs nothing, where no temporal property applies. */
export class LiveSearch {
  /** Where the search records its transitions; `undefined` when that is of no use (any more). */
  graph: StateGraph | undefined;
  private readonly liveness: Liveness | undefined;
  private cut = false;
  private seconds = 0;
  private stoppedBy: string | undefined;

  /** @throws ModelError */
  constructor(space: Space) {
    this.liveness = Liveness.of(space);
    this.graph = this.liveness?.graph;
  }

  /** The constraint cut off a state. */
  wasCut(): void {
    this.cut = true;
    this.graph = undefined;
  }

  /** After a complete search: checks the temporal properties, with pauses. Answers why it stopped early. @throws ModelError */
  async check(
    store: Visited,
    findings: Findings,
    pacer: Pacer,
    others: Askers | undefined,
  ): Promise<string | undefined> {
    if (this.liveness === undefined || this.graph === undefined) return undefined;
    const begin = pacer.seconds;
    const work = this.liveness.check(
      store,
      ({ failure, path, loop }) => findings.violation('temporal', failure, path, loop),
      others,
    );
    for (const _ of work) {
      if (!pacer.due()) continue;
      const reason = await pacer.rest();
      if (reason !== undefined) {
        this.stoppedBy = `unchecked, since the search was stopped: ${reason}`;
        return reason;
      }
    }
    this.seconds = pacer.seconds - begin;
    findings.temporalChecked = true;
    return undefined;
  }

  /** How often a property was put to the test, by its number. */
  armed(number: number): number {
    return this.liveness?.armed.get(number) ?? 0;
  }

  get bytes(): number {
    return this.graph?.bytes ?? 0;
  }

  report(complete: boolean): LivenessReport | undefined {
    if (this.liveness === undefined) return undefined;
    const { fairness } = this.liveness;
    const incomplete = complete ? undefined : 'unchecked, since liveness needs a complete search';
    const unchecked = this.cut ? CUT : (incomplete ?? this.stoppedBy);
    const { graph, bytes, seconds } = this;
    const transitions = graph?.edges ?? 0;
    return { unchecked, assumptions: fairness.sentences, transitions, bytes, seconds };
  }
}
