import { expect, test } from 'vitest';
import { github } from '../../../cli/campaign/github.ts';
import { junit } from '../../../cli/campaign/junit.ts';
import { asExpected, type Row, statementOf } from '../../../cli/campaign/result.ts';
import { sarif } from '../../../cli/campaign/sarif.ts';
import type { SearchJson } from '../../../cli/json.ts';
import { searchError } from '../../../cli/search-json.ts';

const base = { ...searchError('', 'my/model', 'breadth-first'), message: null };

function row(index: number, result: Partial<SearchJson>, more: Partial<Row> = {}): Row {
  const name = `check my/model --set n=${index}`;
  const whole: SearchJson = { ...base, ...result };
  return {
    index,
    key: `${index}`,
    name,
    expect: 'holds',
    result: whole,
    alsoRandom: null,
    declaredAt: {},
    ...more,
  };
}

const violation = { property: 'safe', kind: 'always', steps: 3, trace: null, explained: null } as const;
const rows = [
  row(0, { verdict: 'holds', complete: true, distinct: 1234, seconds: 1.5 }),
  row(
    1,
    { verdict: 'violated', violations: [violation], seconds: 0.25 },
    { declaredAt: { safe: { file: 'a,b.ts', line: 7 } } },
  ),
  row(2, { verdict: 'error', message: 'no parameter "x" & <y>' }),
  row(3, { verdict: 'stopped', distinct: 99, depth: 5 }),
  row(4, { verdict: 'violated', violations: [violation] }, { expect: 'violated' }),
];

test('what was expected, and what can be said', () => {
  expect(rows.map(asExpected)).toEqual([true, false, false, undefined, true]);
  expect(rows.map(statementOf)).toEqual([
    'holds in all 1,234 states',
    'safe violated after 3 steps',
    'error: no parameter "x" & <y>',
    'no violation within 4 steps (99 states, not all)',
    'safe violated after 3 steps',
  ]);
});

test('JUnit XML: a failure for what is not as expected, an error for what could not be run', () => {
  const xml = junit({ rows });
  expect(xml).toContain('<testsuite name="my/model" tests="5" failures="2" errors="1" time="1.750">');
  expect(xml).toContain('<testcase classname="my/model" name="check my/model --set n=0" time="1.500"/>');
  expect(xml).toContain('<failure message="safe violated after 3 steps; expected: holds">');
  expect(xml).toContain(
    '<error message="error: no parameter &quot;x&quot; &amp; &lt;y&gt;; expected: holds"/>',
  );
  expect(xml.match(/<testcase /g)).toHaveLength(5);
});

test('SARIF: the property as rule, the line of its declaration as place', () => {
  const [run] = JSON.parse(sarif({ rows })).runs;
  expect(run.results.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual([
    'my/model/safe',
    'my/model/error',
    'my/model/stopped',
  ]);
  expect(run.results[0].locations).toEqual([
    { physicalLocation: { artifactLocation: { uri: 'a,b.ts' }, region: { startLine: 7 } } },
  ]);
  expect(run.tool.driver.rules).toHaveLength(3);
});

test('GitHub annotations: one line each, whatever the words hold', () => {
  const lines = github({ rows: [...rows, row(5, { verdict: 'error', message: 'two\nlines: 100%' })] })
    .trimEnd()
    .split('\n');
  expect(lines).toHaveLength(4);
  expect(lines[0]).toBe(
    '::error file=a%2Cb.ts,line=7,title=my/model/safe::check my/model --set n=1: safe is violated',
  );
  expect(lines[3]).toContain('two%0Alines: 100%25');
});
