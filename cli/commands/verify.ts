import { UsageError } from '../../checker/language/errors.ts';
import { suggestion } from '../../checker/language/nearest.ts';
import type { Progress } from '../../checker/search/result.ts';
import { type Verified, verify } from '../../checker/search/verify.ts';
import { Exit, type ExitCode, worst } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { VerifyJson } from '../json.ts';
import { houseModels, type LoadedModel, loadModel } from '../models.ts';
import { progressLine, searchingWords } from '../output/progress.ts';
import { painter } from '../output/style.ts';
import { table } from '../output/table.ts';
import { verifyColumns, verifyRow } from '../output/verify-table.ts';
import { many, settings } from '../output/words.ts';
import { verifyJson } from '../verify-json.ts';

export interface VerifyOptions {
  readonly with?: readonly string[];
  /** Every two changes, alone and together. */
  readonly pairs?: boolean;
  /** Limit of each search of --pairs. */
  readonly states?: number;
  readonly json?: boolean;
}

/** `fencepost verify [model]`: what the catalogue declares of every design change, and what is found. */
export async function verifyCommand(
  argument: string | undefined,
  options: VerifyOptions,
  io: Io,
): Promise<ExitCode> {
  if (argument !== undefined && options.pairs) {
    const model = await loadModel(argument);
    const { verifyPairsOf } = await import('./verify-pairs.ts');
    return verifyPairsOf(model, wantedChanges(model, options), options, io);
  }
  const all = argument === undefined ? await houseModels() : [await loadModel(argument)];
  const models = all.filter(({ spec }) => Object.keys(spec.model.definition.changes).length > 0);
  const found: VerifyJson[] = [];
  const codes: ExitCode[] = [];
  for (const model of argument === undefined ? models : all) {
    const { rows, code } = await verifyModel(model, options, io);
    found.push(verifyJson(model.spec.model.name, rows));
    codes.push(code);
  }
  if (options.json) io.out(`${JSON.stringify(argument === undefined ? { models: found } : found[0])}\n`);
  return worst(codes);
}

async function verifyModel(
  model: LoadedModel,
  options: VerifyOptions,
  io: Io,
): Promise<{ rows: readonly Verified[]; code: ExitCode }> {
  const { spec, argument } = model;
  const catalogue = spec.model.definition.changes;
  const wanted = wantedChanges(model, options);
  const paint = painter(io.color);
  const columns = verifyColumns(
    wanted.map((change) => ({
      change,
      source: catalogue[change]?.source ?? '',
      at: settings(catalogue[change]?.at ?? {}),
    })),
  );
  const say = (text: string): void => {
    if (!options.json) io.out(`${text}\n`);
  };
  if (wanted.length === 0) {
    say(`${argument} declares no design changes: there is nothing to verify.`);
    return { rows: [], code: Exit.ok };
  }
  say(paint('strong', argument));
  say(table(columns, [])[0] ?? '');
  const progress = progressLine<Progress>(io, (now, before) => `${argument}: ${searchingWords(now, before)}`);
  const rows: Verified[] = [];
  try {
    for await (const row of verify(spec, { changes: wanted, signal: io.signal, onProgress: progress.show })) {
      progress.end();
      rows.push(row);
      say(table(columns, [verifyRow(row, paint)])[1] ?? '');
    }
  } finally {
    progress.end();
  }
  const agreeing = rows.filter(({ agrees }) => agrees === true).length;
  const open = rows.filter(({ agrees }) => agrees === undefined).length;
  const unchecked = open === 0 ? '' : `, ${open} unchecked`;
  say(`${agreeing} of ${many(wanted.length, 'change')} as declared${unchecked}.\n`);
  if (rows.some(({ agrees }) => agrees === false)) return { rows, code: Exit.violated };
  return { rows, code: io.signal.aborted ? Exit.stopped : Exit.ok };
}

/** The changes that are named, or all of the catalogue. @throws UsageError for one that there is not */
function wantedChanges({ spec }: LoadedModel, options: VerifyOptions): readonly string[] {
  const catalogue = spec.model.definition.changes;
  const wanted = options.with ?? Object.keys(catalogue);
  const stranger = wanted.find((name) => !Object.hasOwn(catalogue, name));
  if (stranger !== undefined) {
    throw new UsageError(
      `${spec.model.name} has no change '${stranger}'.${suggestion(stranger, Object.keys(catalogue))}`,
    );
  }
  return wanted;
}
