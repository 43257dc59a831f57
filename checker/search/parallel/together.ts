import type { Space } from '../../space/space.ts';
import { addTo, type Counts } from '../counts.ts';
import type { Findings } from '../findings.ts';
import type { Limits } from '../limits.ts';
import type { Askers } from '../liveness/askers.ts';
import type { LiveSearch } from '../liveness/live-search.ts';
import { pathTo } from '../path.ts';
import type { Visited } from '../visited.ts';
import type { WorkerReport } from './messages.ts';
import { type Starting, startWorkers, type WorkerSource } from './start-workers.ts';
import { record } from './step-notes.ts';
import { MemoryError, type Round, Team } from './team.ts';

export interface WorkerOptions extends WorkerSource {
  /** Threads that search, the search's own among them. */
  readonly count: number;
  /** The others are started after so many seconds; with 0 nothing is searched before they are there. */
  readonly after?: number | undefined;
  /** Of the table that they share, at least: 2 to this power entries. */
  readonly tableBits?: number | undefined;
  /** Levels of fewer states are not worth the exchange of messages. */
  readonly leastRound?: number | undefined;
}

/** When workers are started; sooner where the search proves long by then. */
const AFTER_SECONDS = 1;
const EARLY_SECONDS = 0.1;
/** A search proves long when so many times the states that were expanded wait, and levels grow. */
const LONG = 0.5;
/** 64 KiB. */
const TABLE_BITS = 14;
const LEAST_ROUND = 256;
/** Of yet fewer, a round takes longer than the steps that are not looked for in it. */
const LEAST_ALONE = 64;
/** How long a round should take, and as long as there are no workers; not less than so many states. */
const ROUND_MS = 300;
const ALONE_MS = 20;
const LEAST_SIZE = 16;

/**
 * The part of workers in a search. They expand a stretch of a level at a time; after it everything is as if one thread had
 * done it. A round in which something has to be told of (a violation, an error, a limit of states) is made void; it is done
 * again up to that state, which the search's own thread expands: so whatever is told is what one thread tells. A witness
 * makes no round void: of the new states that are one, that with the smallest number is what one thread tells.
 */
export class Together {
  private readonly space: Space;
  private readonly counts: Counts;
  private readonly findings: Findings;
  private readonly live: LiveSearch;
  private readonly options: WorkerOptions;
  private readonly limits: Limits;
  private starting: Starting | undefined;
  private areThere = false;
  private failed: unknown;
  private team: Team | undefined;
  private isJoined = false;
  /** The search's own thread goes on until this many states are expanded. */
  private alone = 0;
  /** The state whose expansion has made a round void: up to there the next round goes. */
  private newsAt = -1;
  private roundSize = LEAST_SIZE;
  private lastReports: readonly WorkerReport[] = [];

  constructor(
    space: Space,
    counts: Counts,
    findings: Findings,
    live: LiveSearch,
    options: WorkerOptions,
    limits: Limits,
  ) {
    this.space = space;
    this.counts = counts;
    this.findings = findings;
    this.live = live;
    this.options = options;
    this.limits = limits;
  }

  /** Takes over the states of a search that has not gone on yet; answers the set that holds them now. */
  begin(visited: Visited): Visited {
    const { tableBits = TABLE_BITS } = this.options;
    this.team = new Team(this.space, visited, this.live.graph !== undefined, tableBits, this.limits.memory);
    return this.team.states;
  }

  /** Starts workers when it is time, and has them take part once they are there. */
  async join(visited: Visited, seconds: number, grows: boolean): Promise<void> {
    const { after = this.provesLong(visited, grows) ? EARLY_SECONDS : AFTER_SECONDS } = this.options;
    if (this.isJoined || seconds < after) return;
    const { workers, ready } = this.starting ?? this.start();
    if (after === 0) await ready.catch(() => undefined);
    if (this.failed !== undefined) throw this.failed;
    if (!this.areThere) return;
    this.team?.join(workers);
    this.isJoined = true;
  }

  private start(): Starting {
    const starting = startWorkers(this.options, this.options.count - 1);
    starting.ready.then(
      () => {
        this.areThere = true;
      },
      (error) => {
        this.failed = error;
      },
    );
    this.starting = starting;
    return starting;
  }

  /** While levels `grow` there is mostly more to come than has been. */
  private provesLong({ count }: Visited, grows: boolean): boolean {
    const { expanded } = this.counts;
    return this.starting !== undefined || (grows && count - expanded > LONG * expanded);
  }

  /** Workers have been started and are not there yet. */
  get isStarting(): boolean {
    return this.starting !== undefined && !this.isJoined;
  }

  /** Unless the next state, or some more, must be expanded one by one, or there are but few. */
  isReadyFor(end: number): boolean {
    const { expanded } = this.counts;
    const isWorth = end - expanded >= Math.min(LEAST_ALONE, this.leastRound);
    return isWorth && expanded >= this.alone && expanded !== this.newsAt;
  }

  private get leastRound(): number {
    return this.options.leastRound ?? LEAST_ROUND;
  }

  /** Expands more of the present level, at most up to number `end`. Answers why the search must stop, or undefined. */
  async expandUntil(end: number): Promise<string | undefined> {
    const { counts, space, findings, live } = this;
    const team = this.team as Team;
    const from = counts.expanded;
    const to = Math.min(end, from + this.roundSize, this.newsAt > from ? this.newsAt : end);
    const begin = performance.now();
    const limit = this.limits.states ?? Number.POSITIVE_INFINITY;
    const alone = !this.isJoined || end - from < this.leastRound;
    let round: Round;
    try {
      round = await team.round(from, to, limit, findings.known, live.graph !== undefined, alone);
    } catch (error) {
      if (!(error instanceof MemoryError)) throw error;
      await team.stop();
      return error.message;
    }
    const { reports, workerReports, witnesses } = round;
    if (reports === undefined) {
      if (round.newsAt === undefined) this.alone = to;
      else this.newsAt = round.newsAt;
      return undefined;
    }
    if (workerReports.length > 0) this.lastReports = workerReports;
    this.tell(witnesses);
    for (const report of reports) {
      counts.add(report);
      if (report.cut > 0) live.wasCut();
      addTo(space.states.armed, report.armedByStates);
      addTo(space.steps.armed, report.armedBySteps);
    }
    if (live.graph !== undefined) record(live.graph, round.steps);
    const rate = (to - from) / (performance.now() - begin);
    this.roundSize = Math.ceil(
      Math.min(2 * this.roundSize, Math.max(LEAST_SIZE, rate * (this.isJoined ? ROUND_MS : ALONE_MS))),
    );
    return undefined;
  }

  /** In the order in which one thread comes to them; those of one state in the order of declaration. */
  private tell(witnesses: Round['witnesses']): void {
    const { space, findings, team } = this;
    const declared = space.configuration.spec.properties.filter(({ name }) => witnesses.has(name));
    const inOrder = declared
      .map(({ name }) => ({ name, state: witnesses.get(name) as number }))
      .sort((a, b) => a.state - b.state);
    for (const { name, state } of inOrder)
      findings.witness(name, pathTo(state, (team as Team).states, space));
  }

  get askers(): Askers | undefined {
    return this.isJoined ? this.team : undefined;
  }

  /** Of what each worker has for itself. */
  get bytes(): number {
    return this.lastReports.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  get evaluations(): number {
    return this.lastReports.reduce((sum, { evaluations }) => sum + evaluations, 0);
  }

  async end(): Promise<void> {
    await this.team?.stop();
    if (!this.isJoined) await Promise.all(this.starting?.workers.map((worker) => worker.terminate()) ?? []);
  }
}
