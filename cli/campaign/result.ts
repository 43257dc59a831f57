import { z } from 'zod';
import { SearchJson } from '../json.ts';

const position = z.strictObject({ file: z.string(), line: z.int() });

/** What came of a cell: kept in the folder of results, and a row of what `campaign` prints. */
export const CellResult = z.strictObject({
  /** A digest of the cell, of its model's code and of the checker's: equal keys, equal results. */
  key: z.string(),
  /** The run in the words of the command line. */
  name: z.string(),
  expect: z.enum(['holds', 'violated', 'any']),
  result: SearchJson,
  /** Of the random runs that followed when the budget was too small for an exhaustive search. */
  alsoRandom: SearchJson.nullable(),
  /** Where each violated property is declared. */
  declaredAt: z.record(z.string(), position),
});
export type CellResult = z.infer<typeof CellResult>;

/** What `campaign` prints with --format json, and what `merge` reads. */
export const CampaignJson = z.strictObject({
  format: z.literal('fencepost campaign'),
  /** A digest of all cells of the campaign, also of those in other shards. */
  campaign: z.string(),
  cells: z.int().nonnegative(),
  shard: z.strictObject({ index: z.int().min(1), of: z.int().min(1) }).nullable(),
  rows: z.array(z.strictObject({ index: z.int().nonnegative(), ...CellResult.shape })),
});
export type CampaignJson = z.infer<typeof CampaignJson>;
export type Row = CampaignJson['rows'][number];

/** Whether a cell came to what was expected; undefined where it came to no end. */
export function asExpected({ expect, result }: Pick<CellResult, 'expect' | 'result'>): boolean | undefined {
  const { verdict } = result;
  if (verdict === 'error') return false;
  if (expect === 'any') return true;
  if (verdict === 'violated') return expect === 'violated';
  if (verdict === 'stopped') return undefined;
  return expect === 'holds';
}

/** What can be said of a cell, in a sentence that claims no more than was seen. */
export function statementOf({ result, alsoRandom }: Pick<CellResult, 'result' | 'alsoRandom'>): string {
  const { verdict, violations, distinct, depth, message } = result;
  const number = (value: number | null): string => (value ?? 0).toLocaleString('en-US');
  switch (verdict) {
    case 'error':
      return `error: ${message}`;
    case 'holds':
      return `holds in all ${number(distinct)} states`;
    case 'passed':
      return 'random runs found no violation, which proves nothing';
    case 'violated':
      return (violations ?? [])
        .map(({ property, steps }) => `${property} violated${steps === null ? '' : ` after ${steps} steps`}`)
        .join('; ');
    case 'stopped': {
      // The levels before the one that was being expanded when the search stopped are complete, and so is that one itself.
      const searched = `no violation within ${(depth ?? 1) - 1} steps (${number(distinct)} states, not all)`;
      if (alsoRandom === null) return searched;
      return alsoRandom.verdict === 'violated'
        ? `${searched}, but in a random run: ${statementOf({ result: alsoRandom, alsoRandom: null })}`
        : `${searched}, none in random runs`;
    }
  }
}
