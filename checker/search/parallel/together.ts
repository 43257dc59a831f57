import type { Worker } from 'node:worker_threads';
import type { Space } from '../../space/space.ts';
import { addTo, type Counts } from '../counts.ts';
import type { Findings } from '../findings.ts';
import type { Limits } from '../limits.ts';
import type { Visited } from '../visited.ts';
import type { RoundReport } from './messages.ts';
import type { WorkerSource } from './start-worker.ts';
import { MemoryError, type Round, Team } from './team.ts';

export interface WorkerOptions extends WorkerSource {
  readonly count: number;
  /** They are started after so many seconds; with 0 nothing is searched before they are there. */
  readonly after?: number | undefined;
  /** Of the table that they share, at least: 2 to this power entries. */
  readonly tableBits?: number | undefined;
  /** Levels of fewer states are not worth the exchange of messages. */
  readonly leastRound?: number | undefined;
}

const AFTER_SECONDS = 1;
const TABLE_BITS = 18;
const LEAST_ROUND = 256;
const ROUND_MS = 300;

/**
 * The part of workers in a search. They expand a stretch of a level at a time; after it everything is as if one thread had
 * done it. A round in which something has to be told of (a violation, a witness, an error, a limit of states) is made void, and
 * the search's own thread does the same stretch: so whatever is told is what one thread tells.
 */
export class Together {
  private readonly space: Space;
  private readonly counts: Counts;
  private readonly findings: Findings;
  private readonly options: WorkerOptions;
  private readonly limits: Limits;
  private starting: Promise<readonly Worker[]> | undefined;
  private started: readonly Worker[] | undefined;
  private failed: unknown;
  private team: Team | undefined;
  /** The search's own thread goes on until this many states are expanded. */
  private alone = 0;
  private roundSize = 1024;
  private lastReports: readonly RoundReport[] = [];

  constructor(space: Space, counts: Counts, findings: Findings, options: WorkerOptions, limits: Limits) {
    this.space = space;
    this.counts = counts;
    this.findings = findings;
    this.options = options;
    this.limits = limits;
  }

  /** Starts workers when it is time; once they are there, hands them the states and answers the set that holds these now. */
  async joined(visited: Visited, seconds: number): Promise<Visited | undefined> {
    const { after = AFTER_SECONDS } = this.options;
    if (this.team !== undefined || seconds < after) return undefined;
    this.starting ??= Team.start(this.options, this.options.count).then(
      (workers) => (this.started = workers),
      (error) => {
        this.failed = error;
        return [];
      },
    );
    if (after === 0) await this.starting;
    if (this.failed !== undefined) throw this.failed;
    if (this.started === undefined) return undefined;
    const { tableBits = TABLE_BITS } = this.options;
    this.team = new Team(this.started, this.space, visited, tableBits, this.limits.memory);
    return this.team.states;
  }

  isReadyFor(end: number): boolean {
    const { expanded } = this.counts;
    const least = this.options.leastRound ?? LEAST_ROUND;
    return this.team !== undefined && expanded >= this.alone && end - expanded >= least;
  }

  /** Expands more of the present level, at most up to number `end`. Answers why the search must stop, or undefined. */
  async expandUntil(end: number): Promise<string | undefined> {
    const { counts, space, findings } = this;
    const team = this.team as Team;
    const from = counts.expanded;
    const to = Math.min(end, from + this.roundSize);
    const begin = performance.now();
    const states = team.states.count;
    const limit = this.limits.states ?? Number.POSITIVE_INFINITY;
    let round: Round;
    try {
      round = await team.round(from, to, limit, findings.known);
    } catch (error) {
      if (!(error instanceof MemoryError)) throw error;
      await team.abandon(states);
      return error.message;
    }
    const { end: reached, reports } = round;
    if (reports === undefined) {
      this.alone = reached;
      return undefined;
    }
    this.lastReports = reports;
    for (const report of reports) {
      counts.add(report);
      addTo(space.states.armed, report.armedByStates);
      addTo(space.steps.armed, report.armedBySteps);
    }
    const rate = (to - from) / (performance.now() - begin);
    this.roundSize = Math.ceil(Math.min(2 * this.roundSize, Math.max(1024, rate * ROUND_MS)));
    return undefined;
  }

  /** Of what each worker has for itself. */
  get bytes(): number {
    return this.lastReports.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  get evaluations(): number {
    return this.lastReports.reduce((sum, { evaluations }) => sum + evaluations, 0);
  }

  async end(): Promise<void> {
    if (this.team !== undefined) return this.team.stop();
    const workers = await this.starting;
    await Promise.all((workers ?? []).map((worker) => worker.terminate()));
  }
}
