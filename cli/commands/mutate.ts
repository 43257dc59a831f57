import { UsageError } from '../../checker/language/errors.ts';
import { mutantList, type NamedMutant } from '../../checker/language/mutants.ts';
import { suggestion } from '../../checker/language/nearest.ts';
import type { Spec } from '../../checker/language/properties.ts';
import { asDeclared, type Mutated, mutate, unviolated } from '../../checker/search/mutate.ts';
import type { Progress } from '../../checker/search/result.ts';
import { Exit, type ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { MutateJson } from '../json.ts';
import { loadModel } from '../models.ts';
import { type DesignOptions, type LimitOptions, requestOf } from '../options.ts';
import { blindLine, mutateClosing, mutateColumns, mutateRow } from '../output/mutate-table.ts';
import { progressLine, searchingWords } from '../output/progress.ts';
import { painter } from '../output/style.ts';
import { table } from '../output/table.ts';

export interface MutateOptions extends DesignOptions, LimitOptions {
  readonly all?: boolean;
  readonly json?: boolean;
}

/** `fencepost mutate <model>`: the seeded faults of a model's rules, and which property notices each. */
export async function mutateCommand(argument: string, options: MutateOptions, io: Io): Promise<ExitCode> {
  const { spec } = await loadModel(argument);
  const chosen = chosenMutants(spec, options.with);
  const say = (text: string): void => {
    if (!options.json) io.out(`${text}\n`);
  };
  const paint = painter(io.color);
  const columns = mutateColumns(chosen);
  say(table(columns, [])[0] ?? '');
  const progress = progressLine<Progress>(io, (now, before) => `${argument}: ${searchingWords(now, before)}`);
  const { states, depth, seconds, all } = options;
  const rows: Mutated[] = [];
  try {
    for await (const row of mutate(spec, {
      set: requestOf(options).set ?? {},
      mutants: chosen.map(({ name }) => name),
      ...{ states, depth, seconds, all },
      signal: io.signal,
      onProgress: progress.show,
    })) {
      progress.end();
      const named = chosen[rows.length] as NamedMutant; // they come in this order
      rows.push(row);
      say(table(columns, [mutateRow(row, named, paint)])[1] ?? '');
    }
  } finally {
    progress.end();
  }
  const whole = options.with === undefined && rows.length === chosen.length;
  const open = whole ? unviolated(spec, rows) : undefined;
  if (options.json) io.out(`${JSON.stringify(mutateJson(spec, rows, open))}\n`);
  say(`\n${mutateClosing(rows, chosen.length)}.`);
  const blind = blindLine(rows);
  if (blind !== undefined) say(blind);
  if (open !== undefined && open.length > 0) {
    const seen = all ? '' : ' (each search ends at its first violation; --all goes on)';
    say(`Violated by no mutant and by no change of the catalogue: ${open.join(', ')}${seen}.`);
  }
  return exitCodeOf(rows, chosen.length);
}

function exitCodeOf(rows: readonly Mutated[], of: number): ExitCode {
  const verdicts = rows.map(asDeclared);
  if (verdicts.includes(false)) return Exit.violated;
  return verdicts.includes(undefined) || rows.length < of ? Exit.stopped : Exit.ok;
}

/** The mutants that are named, by `rule/mutant` or all of a rule; all of them by default. @throws UsageError */
function chosenMutants(spec: Spec, names: readonly string[] | undefined): readonly NamedMutant[] {
  const all = mutantList(spec.model.definition.mutants);
  if (all.length === 0) throw new UsageError(`${spec.model.name} declares no mutants.`);
  if (names === undefined) return all;
  const known = all.flatMap(({ name, rule }) => [name, rule]);
  const stranger = names.find((name) => !known.includes(name));
  if (stranger !== undefined) {
    const hint = suggestion(stranger, [...new Set(known)]);
    throw new UsageError(`${spec.model.name} has no mutant '${stranger}'.${hint}`);
  }
  return all.filter(({ name, rule }) => names.includes(name) || names.includes(rule));
}

function mutateJson(spec: Spec, rows: readonly Mutated[], open: readonly string[] | undefined): MutateJson {
  return {
    model: spec.model.name,
    mutants: rows.map((row) => ({
      name: row.name,
      at: { ...row.at },
      fate: row.fate,
      kills: row.kills.map(({ property, steps }) => ({ property, steps: steps ?? null })),
      survives: row.survives ?? null,
      asDeclared: asDeclared(row) ?? null,
      why: row.why ?? null,
      distinct: row.distinct ?? null,
    })),
    unviolated: open === undefined ? null : [...open],
  };
}
