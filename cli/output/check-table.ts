import type { SearchJson } from '../json.ts';
import { commandLine } from './command-line.ts';
import type { Paint } from './style.ts';
import type { Column } from './table.ts';
import { count } from './words.ts';

const tones = { holds: 'good', passed: 'good', violated: 'bad', error: 'bad', stopped: 'warn' } as const;

/** The columns of `fencepost check` without a model. Widths are fixed: each row is printed when it is known. */
export function checkColumns(models: readonly string[]): readonly Column[] {
  return [
    { title: 'model', width: Math.max(...models.map((model) => model.length)) },
    { title: 'verdict', width: 'violated'.length },
    { title: 'distinct', align: 'right', width: '1,000,000'.length },
    { title: 'generated', align: 'right', width: '10,000,000'.length },
    { title: 'depth', align: 'right' },
    { title: 'seconds', align: 'right' },
    { title: 'warnings', align: 'right' },
  ];
}

export function checkRow(model: string, json: SearchJson, paint: Paint): readonly string[] {
  const number = (value: number | null): string => (value === null ? '' : count(value));
  return [
    model,
    paint(tones[json.verdict], json.verdict),
    number(json.distinct),
    number(json.generated),
    number(json.depth),
    json.seconds?.toFixed(2) ?? '',
    number(json.warnings?.length ?? null),
  ];
}

/** How many hold, and what to run to see more. */
export function checkClosing(results: readonly SearchJson[], asked: number, paint: Paint): string[] {
  const holds = results.filter(({ verdict }) => verdict === 'holds').length;
  const rest = asked === results.length ? '' : `, ${asked - results.length} not checked`;
  const bad = results.flatMap(({ model, violations }) =>
    model === null || !violations?.length
      ? []
      : `${model} violates ${violations.map(({ property }) => property).join(', ')}: ${paint('strong', commandLine(['check', model]))}`,
  );
  return [
    ...bad,
    `${holds} of ${asked} hold${rest}. One in full: npx fencepost check <model>; changes to try: npx fencepost list.`,
  ];
}
