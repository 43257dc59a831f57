import { headline } from '../../checker/trace/headline.ts';
import { asExpected, type CampaignJson, type Row, statementOf } from './result.ts';

/** JUnit XML as CI systems read it: a suite for each model, a case for each cell. */
export function junit({ rows }: Pick<CampaignJson, 'rows'>): string {
  const models = [...new Set(rows.map(modelOf))];
  const suites = models.map((model) => {
    const own = rows.filter((row) => modelOf(row) === model);
    const failures = own.filter((row) => row.result.verdict !== 'error' && asExpected(row) !== true).length;
    const errors = own.filter((row) => row.result.verdict === 'error').length;
    const head = attributes({ name: model, tests: own.length, failures, errors, time: time(own) });
    return `  <testsuite ${head}>\n${own.map(testcase).join('')}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`;
}

function testcase(row: Row): string {
  const head = attributes({ classname: modelOf(row), name: row.name, time: time([row]) });
  const said = attributes({ message: `${statementOf(row)}; expected: ${row.expect}` });
  if (row.result.verdict === 'error')
    return `    <testcase ${head}>\n      <error ${said}/>\n    </testcase>\n`;
  if (asExpected(row)) return `    <testcase ${head}/>\n`;
  const stories = (row.result.violations ?? []).flatMap(({ trace }) =>
    trace === null ? [] : [headline(trace), ...trace.steps.map(({ says }, i) => `${i + 1}  ${says}`)],
  );
  return `    <testcase ${head}>\n      <failure ${said}>${escaped(stories.join('\n'))}</failure>\n    </testcase>\n`;
}

const modelOf = ({ name }: Row): string => name.split(' ')[1] ?? name;

function time(rows: readonly Row[]): string {
  return rows.reduce((sum, { result }) => sum + (result.seconds ?? 0), 0).toFixed(3);
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escaped(String(value))}"`)
    .join(' ');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML 1.0 has no form at all for most control characters. */
function escaped(text: string): string {
  return text.replace(/[^\P{Cc}\n]/gu, ' ').replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char);
}
