import { readFileSync } from 'node:fs';
import { UserError } from '../errors.ts';
import { CampaignJson } from './result.ts';

/** The shards of one campaign as the whole. @throws UserError for a file that is none, and for shards that do not fit */
export function merge(files: readonly string[]): CampaignJson {
  const shards = files.map((file) => ({ file, shard: read(file) }));
  const [first] = shards;
  if (first === undefined) throw new UserError('There is nothing to merge: name the files of the shards.');
  const { campaign, cells } = first.shard;
  const from = new Map<number, string>();
  for (const { file, shard } of shards) {
    if (shard.campaign !== campaign) {
      throw new UserError(`${file} belongs to another campaign, or to other code, than ${first.file}.`);
    }
    for (const { index, name } of shard.rows) {
      const other = from.get(index);
      if (other !== undefined) {
        throw new UserError(`${other} and ${file} overlap: both have the cell ${index + 1}, ${name}.`);
      }
      from.set(index, file);
    }
  }
  const missing = Array.from({ length: cells }, (_, index) => index).filter((index) => !from.has(index));
  if (missing.length > 0) {
    const numbers = missing.slice(0, 8).map((index) => index + 1);
    const more = missing.length > numbers.length ? `, … ${missing.length - numbers.length} more` : '';
    throw new UserError(`${missing.length} of ${cells} cells are missing (${numbers.join(', ')}${more}).`);
  }
  const rows = shards.flatMap(({ shard }) => shard.rows).sort((a, b) => a.index - b.index);
  return { format: 'fencepost campaign', campaign, cells, shard: null, rows };
}

function read(file: string): CampaignJson {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${(error as Error).message}.`, { cause: error });
  }
  const parsed = CampaignJson.safeParse(value);
  if (!parsed.success) throw new UserError(`${file} is not what campaign --format json writes.`);
  return parsed.data;
}
