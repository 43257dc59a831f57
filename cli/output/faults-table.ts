import type { FaultTable } from '../../checker/language/fault-table.ts';
import type { FaultRowJson } from '../json.ts';
import { count, many } from './words.ts';

/** The head of the table, in Markdown, after a line that says what it counts. */
export function faultsHead(table: FaultTable, upTo: number): string[] {
  const titles = [...Object.keys(table.settings), 'faults', 'which', 'states', 'to see it'];
  return [
    `The smallest number of faults, up to ${upTo}, that loses ${table.loss}.`,
    `Faults: ${Object.values(table.faults).join(', ')}. Every row was searched to the end, unless it says otherwise.`,
    '',
    line(titles),
    line(titles.map(() => '---')),
  ];
}

export function faultsRow(row: FaultRowJson, table: FaultTable): string {
  const [first] = row.losses;
  return line([
    ...Object.values(row.settings),
    outcome(row),
    row.losses.map(({ faults }) => faultWords(faults, table)).join('; or '),
    count(row.states),
    first === undefined ? '' : `\`${first.command}\``,
  ]);
}

/** A loss is sure, though a search that met a limit may have missed other losses; without one, the row is open. */
function outcome({ losses, none, stoppedBy }: FaultRowJson): string {
  const searched = none < 0 ? 'unknown' : `none up to ${none}`;
  if (losses.length > 0) {
    const steps = many(Math.min(...losses.map((loss) => loss.steps)), 'step');
    return `**${none + 1}** (${steps})${stoppedBy === null ? '' : `, maybe in more ways: ${stoppedBy}`}`;
  }
  return stoppedBy === null ? searched : `${searched}, then ${stoppedBy}`;
}

/** `slow follower + 2 × process crash` */
export function faultWords(faults: Readonly<Record<string, number>>, table: FaultTable): string {
  const some = Object.entries(faults).filter(([, times]) => times > 0);
  if (some.length === 0) return 'no fault';
  return some
    .map(([kind, times]) => (times > 1 ? `${times} × ` : '') + (table.faults[kind] ?? kind))
    .join(' + ');
}

export function faultsClosing(rows: readonly FaultRowJson[], of: number, file: string | undefined): string {
  const open = rows.filter(({ stoppedBy }) => stoppedBy !== null).length;
  const missing =
    rows.length === of
      ? ''
      : `; ${file === undefined ? '--resume FILE keeps them' : 'the same command goes on'}`;
  return `\n${rows.length} of ${many(of, 'row')}${open === 0 ? '' : `, ${open} at a limit`}${missing}.`;
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
