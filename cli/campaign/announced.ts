import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../errors.ts';
import { sha256 } from './content.ts';
import type { LoadedCampaign } from './load.ts';

/** The part of a Redis client that is needed here. */
interface Registry {
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<unknown>;
}

const POLL_MS = 200;

/** Where a campaign says of which code it is. The same grid has the same place, whatever the code. */
const placeOf = ({ jobs }: LoadedCampaign): string =>
  `fencepost:campaign:${sha256(jobs.map(({ cell }) => ({ ...cell, model: basename(cell.model) })))}`;

/** Says of which code the campaign is, for machines that have another copy of it. */
export async function announce(redis: Registry, campaign: LoadedCampaign): Promise<void> {
  await redis.set(placeOf(campaign), campaign.digest);
}

/** Waits for the announcement; false when the wait is aborted. @throws UserError when it is of other code */
export async function asAnnounced(
  redis: Registry,
  campaign: LoadedCampaign,
  signal: AbortSignal,
): Promise<boolean> {
  while (!signal.aborted) {
    const digest = await redis.get(placeOf(campaign));
    if (digest === campaign.digest) return true;
    if (digest !== null) {
      throw new UserError(
        'the campaign in the queue is of other code than this copy: bring both to one state.',
      );
    }
    await sleep(POLL_MS);
  }
  return false;
}
