import { createHash } from 'node:crypto';
import { configure } from '../../checker/language/configure.ts';
import { UsageError } from '../../checker/language/errors.ts';
import type { FaultTable } from '../../checker/language/fault-table.ts';
import {
  type Cell,
  type Row,
  rowsOf,
  type Searched,
  smallestLoss,
} from '../../checker/search/fault-table.ts';
import type { Progress } from '../../checker/search/result.ts';
import { Exit, type ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { FaultRowJson, FaultsJson } from '../json.ts';
import { type LoadedModel, loadModel } from '../models.ts';
import { commandLine, designOptions } from '../output/command-line.ts';
import { faultsClosing, faultsHead, faultsRow, faultWords } from '../output/faults-table.ts';
import { progressLine, searchingWords } from '../output/progress.ts';
import { keepRows, keptRows } from '../resume.ts';

export interface FaultsOptions {
  readonly set?: ReadonlyMap<string, unknown>;
  readonly upTo: number;
  readonly states?: number;
  readonly resume?: string;
  readonly json?: boolean;
}

/** `fencepost faults <model>`: for every row of its settings, the fewest faults that lose something. */
export async function faultsCommand(argument: string, options: FaultsOptions, io: Io): Promise<ExitCode> {
  const model = await loadModel(argument);
  const { spec, faults: table } = model;
  if (table === undefined) throw new UsageError(`${spec.model.name} declares no table of faults.`);
  const rows = chosenRows(model, table, Object.fromEntries(options.set ?? []));
  const found: FaultsJson = {
    model: spec.model.name,
    table: digest({ table, rows, states: options.states }),
    upTo: options.upTo,
    properties: [...table.properties],
    complete: false,
    rows: [],
  };
  if (options.resume !== undefined) found.rows.push(...keptRows(options.resume, found));
  const say = (line: string): void => {
    if (!options.json) io.out(`${line}\n`);
  };
  for (const line of faultsHead(table, options.upTo)) say(line);
  for (const row of found.rows) say(faultsRow(row, table));
  const known = new Map<string, Searched>();
  let at: readonly [Row, Cell['losses'][number]['faults']] | undefined;
  const progress = progressLine<Progress>(io, (now, before) => {
    const trying = at === undefined ? '' : `${at[0].says.join(' | ')}: ${faultWords(at[1], table)}: `;
    return `${found.rows.length + 1} of ${rows.length}: ${trying}${searchingWords(now, before)}`;
  });
  for (const row of rows.slice(found.rows.length)) {
    if (io.signal.aborted) break;
    const cell = await smallestLoss(spec, table, row, {
      upTo: options.upTo,
      states: options.states,
      signal: io.signal,
      known,
      onProgress:
        progress.show &&
        ((faults, now) => {
          at = [row, faults];
          progress.show?.(now);
        }),
    }).finally(progress.end);
    if (io.signal.aborted) break; // what an interrupted row would say is not known
    const json = rowJson(model, table, cell);
    found.rows.push(json);
    if (options.resume !== undefined) keepRows(options.resume, found);
    say(faultsRow(json, table));
  }
  const ended = found.rows.length === rows.length;
  const complete = ended && found.rows.every(({ stoppedBy }) => stoppedBy === null);
  if (options.json) io.out(`${JSON.stringify({ ...found, complete })}\n`);
  else say(faultsClosing(found.rows, rows.length, options.resume));
  return complete ? Exit.ok : Exit.stopped;
}

/** The rows that are asked for, each with parameters that the model takes. @throws UsageError */
function chosenRows({ spec }: LoadedModel, table: FaultTable, set: Record<string, unknown>): readonly Row[] {
  const counted = Object.keys(set).find((key) => Object.hasOwn(table.faults, key));
  if (counted !== undefined)
    throw new UsageError(`${counted} is a fault that the table counts; it cannot be set.`);
  configure(spec, { set });
  const rows = rowsOf(table, set);
  if (rows.length === 0)
    throw new UsageError(`the table of ${spec.model.name} has no row with these parameters.`);
  return rows;
}

function rowJson({ argument, spec }: LoadedModel, table: FaultTable, cell: Cell): FaultRowJson {
  const titles = Object.keys(table.settings);
  const defaults = spec.model.definition.params.safeParse({}).data ?? {};
  const told = (set: Readonly<Record<string, unknown>> = {}) =>
    Object.fromEntries(Object.entries(set).filter(([key, value]) => defaults[key] !== value));
  const asked = table.properties.flatMap((name) => ['--property', name]);
  return {
    settings: Object.fromEntries(titles.map((title, i) => [title, cell.says[i] ?? ''])),
    losses: cell.losses.map(({ faults, steps, request: { set, changes = [] } }) => ({
      faults: Object.fromEntries(Object.entries(faults).filter(([, times]) => times > 0)),
      steps,
      command: commandLine([
        'check',
        argument,
        ...designOptions({ set: told(set), changes: changes }),
        ...asked,
      ]),
    })),
    none: cell.none,
    states: cell.states,
    stoppedBy: cell.stoppedBy ?? null,
  };
}

const digest = (asked: unknown): string =>
  createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, 16);
