import { headline } from '../../checker/trace/headline.ts';
import { asExpected, type CampaignJson, type Row, statementOf } from './result.ts';

/** What a reader of annotations is to see: a cell that did not come to what was expected, where that was promised. */
export interface Finding {
  readonly rule: string;
  readonly message: string;
  readonly at: { readonly file: string; readonly line: number } | undefined;
}

/** One for each violated property, and one for each cell that failed otherwise. */
export function findingsOf({ rows }: Pick<CampaignJson, 'rows'>): readonly Finding[] {
  return rows.filter((row) => asExpected(row) !== true).flatMap(findingsIn);
}

function findingsIn(row: Row): readonly Finding[] {
  const violations = [...(row.result.violations ?? []), ...(row.alsoRandom?.violations ?? [])];
  const model = row.result.model ?? row.name;
  if (violations.length === 0) {
    const message = `${row.name}: ${statementOf(row)}; expected: ${row.expect}`;
    return [{ rule: `${model}/${row.result.verdict}`, message, at: undefined }];
  }
  return violations.map(({ property, trace }) => ({
    rule: `${model}/${property}`,
    message: `${row.name}: ${trace === null ? `${property} is violated` : headline(trace)}`,
    at: row.declaredAt[property],
  }));
}
