import { type PairVerified, verifyPairs } from '../../checker/search/pairs.ts';
import type { Progress } from '../../checker/search/result.ts';
import { Exit, type ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { PairsJson } from '../json.ts';
import type { LoadedModel } from '../models.ts';
import { progressLine, searchingWords } from '../output/progress.ts';
import { painter } from '../output/style.ts';
import { many, settings } from '../output/words.ts';

export interface PairsOptions {
  readonly states?: number;
  readonly json?: boolean;
}

/** `fencepost verify <model> --pairs`: what two changes do together that neither does alone. */
export async function verifyPairsOf(
  { spec, argument }: LoadedModel,
  changes: readonly string[],
  { states, json }: PairsOptions,
  io: Io,
): Promise<ExitCode> {
  const paint = painter(io.color);
  const progress = progressLine<Progress>(io, (now, before) => `${argument}: ${searchingWords(now, before)}`);
  const pairs: PairVerified[] = [];
  try {
    for await (const pair of verifyPairs(spec, changes, {
      states,
      signal: io.signal,
      onProgress: progress.show,
    })) {
      progress.end();
      pairs.push(pair);
      if (json) continue;
      for (const line of told(pair)) io.out(`${paint('strong', pair.changes.join(' + '))}: ${line}\n`);
    }
  } finally {
    progress.end();
  }
  const of = (changes.length * (changes.length - 1)) / 2;
  const interacting = pairs.filter(({ interactions }) => interactions.length > 0).length;
  const open = of - pairs.filter(({ unchecked }) => unchecked === undefined).length;
  if (json) io.out(`${JSON.stringify(pairsJson(spec.model.name, pairs))}\n`);
  else
    io.out(
      `${interacting} of ${many(of, 'pair')} do together what neither does alone${open === 0 ? '' : `, ${open} unchecked`}.\n`,
    );
  const breaks = pairs.some(({ interactions }) => interactions.some(({ effect }) => effect === 'breaks'));
  return breaks ? Exit.violated : io.signal.aborted ? Exit.stopped : Exit.ok;
}

function told({ at, interactions, unchecked }: PairVerified): string[] {
  if (unchecked !== undefined) return [`unchecked: ${unchecked}`];
  const bounds = Object.keys(at).length === 0 ? '' : ` (${settings(at)})`;
  return interactions.map(({ property, effect, steps }) => {
    const shown = steps === undefined ? ' in that no run reaches it' : ` after ${many(steps, 'step')}`;
    return effect === 'breaks'
      ? `only together they break ${property}${shown}${bounds}`
      : `together they keep ${property}, which one of them breaks${shown}${bounds}`;
  });
}

function pairsJson(model: string, pairs: readonly PairVerified[]): PairsJson {
  return {
    model,
    pairs: pairs.map(({ changes, at, interactions, unchecked }) => ({
      changes: [...changes],
      at: { ...at },
      interactions: interactions.map((one) => ({ ...one, steps: one.steps ?? null })),
      unchecked: unchecked ?? null,
    })),
  };
}
