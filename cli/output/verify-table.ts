import type { Claim, Verified } from '../../checker/search/verify.ts';
import { cut } from '../../checker/trace/compact.ts';
import type { Paint } from './style.ts';
import type { Column } from './table.ts';
import { count, many, settings } from './words.ts';

/** A source longer than this is cut: the catalogue has it whole. */
const SOURCE = 22;

export function verifyColumns(
  rows: readonly { change: string; source: string; at: string }[],
): readonly Column[] {
  const longest = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => text.length));
  return [
    { title: 'change', width: longest(rows.map(({ change }) => change)) },
    { title: 'source', width: Math.min(SOURCE, longest(rows.map(({ source }) => source))) },
    { title: 'at', width: longest(rows.map(({ at }) => at)) },
    { title: 'states', align: 'right', width: '10,000,000'.length },
    { title: 'seconds', align: 'right' },
    { title: 'expected', width: 'violated, holds'.length },
    { title: 'as declared' },
    { title: 'found' },
  ];
}

export function verifyRow(row: Verified, paint: Paint): readonly string[] {
  const verdict =
    row.agrees === undefined
      ? paint('warn', 'unchecked')
      : row.agrees
        ? paint('good', 'yes')
        : paint('bad', 'NO');
  return [
    row.change,
    cut(row.source, SOURCE),
    settings(row.at),
    row.distinct === undefined ? '' : count(row.distinct),
    row.seconds.toFixed(2),
    expectedOf(row),
    verdict,
    row.agrees === undefined ? `${expectations(row)} ${row.unchecked ?? ''}` : findings(row).join('; '),
  ];
}

/** What is declared of the changed design, in a word or two. */
function expectedOf({ claims }: Verified): string {
  const declared = claims.filter(({ design }) => design === 'changed').map(({ expected }) => expected);
  return [...new Set(declared)].sort().reverse().join(', ');
}

function expectations({ claims }: Verified): string {
  const properties = claims.filter(({ design }) => design === 'changed').map(({ property }) => property);
  return properties.join(', ');
}

/** What the changed design does; of the others only what is not as declared. */
function findings({ claims }: Verified): string[] {
  return claims
    .filter(({ design, found, expected }) => design === 'changed' || found !== expected)
    .map((claim) => {
      const where = { baseline: 'without the change ', changed: '', fixed: 'with its fix ' }[claim.design];
      const wrong = claim.found === claim.expected ? '' : ` (declared: ${claim.expected})`;
      return `${where}${claim.property} ${words(claim)}${wrong}`;
    });
}

function words({ found, steps }: Claim): string {
  return found === 'violated' && steps !== undefined ? `violated after ${many(steps, 'step')}` : found;
}
