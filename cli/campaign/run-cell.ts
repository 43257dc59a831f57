import { SearchJson } from '../json.ts';
import { searchError } from '../search-json.ts';
import type { Answer, Ask } from './ask.ts';
import { wordsOf } from './command.ts';
import type { Job } from './load.ts';
import type { CellResult } from './result.ts';

/** Of the time for a cell, the part for the exhaustive search; the rest is for random runs, if there is any need. */
const EXHAUSTIVE = 0.7;
/** For random runs that follow: fixed, so that what they find can be made again. */
const SEED = 1;

/** Runs one cell by asking a worker; `seconds` is what the budget leaves for it. */
export async function runCell(
  { key, name, cell }: Job,
  ask: (what: Ask) => Promise<Answer>,
  seconds?: number,
): Promise<CellResult> {
  const made = async (words: readonly string[]): Promise<[SearchJson, Answer]> => {
    const answer = await ask({ words: [...words], model: cell.model });
    return [resultIn(answer, cell.model), answer];
  };
  const isCheck = 'check' in cell.search;
  const share = seconds === undefined ? undefined : seconds * (isCheck ? EXHAUSTIVE : 1);
  const [result, { declaredAt }] = await made(wordsOf(cell, share));
  let alsoRandom: SearchJson | null = null;
  if (seconds !== undefined && isCheck && result.verdict === 'stopped') {
    const walk = { simulate: { seed: SEED, runs: 1_000_000 } };
    [alsoRandom] = await made(wordsOf({ ...cell, search: walk }, seconds * (1 - EXHAUSTIVE)));
  }
  const violated = [result, alsoRandom].flatMap((one) => one?.violations ?? []);
  const positions = violated.flatMap(({ property }) => {
    const at = declaredAt[property];
    return at === undefined ? [] : [[property, at] as const];
  });
  return { key, name, expect: cell.expect, result, alsoRandom, declaredAt: Object.fromEntries(positions) };
}

function resultIn({ out, err }: Answer, model: string): SearchJson {
  try {
    return SearchJson.parse(JSON.parse(out));
  } catch {
    const why = err.trim().split('\n')[0] ?? 'it printed no result';
    return searchError(why.replace(/^fencepost: /, ''), model, 'breadth-first');
  }
}
