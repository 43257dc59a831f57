import type { Job as QueuedJob } from 'bullmq';
import { UserError } from '../errors.ts';
import { announce, asAnnounced } from './announced.ts';
import type { Job, LoadedCampaign } from './load.ts';
import { Worker } from './pool.ts';
import { CellResult } from './result.ts';
import { failedCell } from './run-all.ts';
import { runCell } from './run-cell.ts';

// Cells over a queue in Redis: any number of machines take them, each with its own copy of the campaign's files. What a
// worker that died was at goes back into the queue when its lock is over.

const LOCK_MS = 10_000;
/** How often in all a cell is begun when those who begin it die. */
const ATTEMPTS = 3;

interface Packages {
  readonly bullmq: typeof import('bullmq');
  readonly ioredis: Pick<typeof import('ioredis'), 'Redis'>;
}

/** @throws UserError when they are not installed: they are asked for only by those who use a queue */
async function packages(): Promise<Packages> {
  try {
    return { bullmq: await import('bullmq'), ioredis: await import('ioredis') };
  } catch (error) {
    throw new UserError('--queue needs two more packages: npm install bullmq ioredis.', { cause: error });
  }
}

/** @throws UserError when no server answers */
async function connect({ ioredis }: Packages, url: string): Promise<import('ioredis').Redis> {
  const redis = new ioredis.Redis(url, { lazyConnect: true, retryStrategy: () => null });
  redis.on('error', () => {}); // `connect` says what is wrong
  try {
    await redis.connect();
    return redis;
  } catch (error) {
    redis.disconnect();
    throw new UserError(`no Redis server answers at ${url}.`, { cause: error });
  }
}

/** A queue of a campaign: two campaigns, or two states of the code, have two. */
const nameOf = ({ digest }: LoadedCampaign): string => `fencepost-${digest}`;

/** Puts the cells on the queue and hands on each result as it comes. @throws UserError */
export async function queueAll(
  url: string,
  campaign: LoadedCampaign,
  open: readonly Job[],
  signal: AbortSignal,
  onResult: (job: Job, result: CellResult) => void,
): Promise<void> {
  const found = await packages();
  const redis = await connect(found, url);
  const connection = { url };
  const queue = new found.bullmq.Queue(nameOf(campaign), { connection });
  const events = new found.bullmq.QueueEvents(nameOf(campaign), { connection });
  for (const emitter of [queue, events]) emitter.setMaxListeners(0); // each cell that is waited for listens
  try {
    await events.waitUntilReady();
    await announce(redis, campaign);
    const aborted = new Promise<undefined>((resolve) => {
      signal.addEventListener('abort', () => resolve(undefined));
    });
    await Promise.all(
      open.map(async (job) => {
        // The key is the job's id: a cell that is in the queue already, from a coordinator that died, is not put twice.
        const queued = await queue.add('cell', { index: job.index }, { jobId: job.key, attempts: ATTEMPTS });
        const result = await Promise.race([resultOf(queued, job, events), aborted]);
        if (result === undefined) return;
        onResult(job, result);
        await queued.remove();
      }),
    );
  } finally {
    await events.close();
    await queue.close();
    redis.disconnect();
  }
}

async function resultOf(
  queued: QueuedJob,
  job: Job,
  events: import('bullmq').QueueEvents,
): Promise<CellResult> {
  try {
    return CellResult.parse(await queued.waitUntilFinished(events));
  } catch (error) {
    return failedCell(job, error instanceof Error ? error.message : String(error));
  }
}

/**
 * Takes cells from the queue, `jobs` at a time, until it is told to stop. Each runs in a process of its own, so that this
 * one is always there to say that it lives. @throws UserError when the queue is of other code than this machine's
 */
export async function workOn(
  url: string,
  campaign: LoadedCampaign,
  jobs: number,
  signal: AbortSignal,
): Promise<void> {
  const found = await packages();
  const redis = await connect(found, url);
  const idle = Array.from({ length: jobs }, () => new Worker());
  const all = [...idle];
  try {
    if (!(await asAnnounced(redis, campaign, signal))) return;
    const take = async ({ data }: QueuedJob): Promise<CellResult> => {
      const job = campaign.jobs[(data as { index: number }).index];
      const worker = idle.pop();
      if (job === undefined || worker === undefined)
        throw new RangeError('no such cell, or more than `jobs`');
      try {
        return await runCell(job, (what) => worker.ask(what));
      } finally {
        idle.push(worker);
      }
    };
    const options = { connection: { url }, concurrency: jobs, maxStalledCount: ATTEMPTS };
    const times = { lockDuration: LOCK_MS, stalledInterval: LOCK_MS / 2 };
    const worker = new found.bullmq.Worker(nameOf(campaign), take, { ...options, ...times });
    await new Promise<void>((resolve, reject) => {
      worker.on('error', reject);
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve());
    });
    await worker.close(true); // what it was at goes back into the queue
  } finally {
    for (const worker of all) worker.end();
    redis.disconnect();
  }
}
