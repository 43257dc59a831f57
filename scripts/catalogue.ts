// npm run catalogue: compares every change of every model with the model as it is, at the change's own bounds, and writes
// docs/catalogue.md.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { broken, type DesignDiff, diffDesigns, repaired } from '../checker/diff/diff.ts';
import { configure } from '../checker/language/configure.ts';
import { houseModels, type LoadedModel } from '../cli/models.ts';
import { count, settings } from '../cli/output/words.ts';

/** Distinct states of one design, after which it is left at that. */
const STATES = 400_000;

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function row(name: string, source: string, at: object, diff: DesignDiff): string {
  const whole = diff.before.result.complete && diff.after.result.complete;
  const named = (list: ReturnType<typeof broken>, side: 'before' | 'after'): string =>
    list
      .map((one) => `${one.name}${one[side]?.steps === undefined ? '' : ` (${one[side].steps})`}`)
      .join(', ') || (whole ? '–' : 'none so far');
  const open = diff.stoppedBy === undefined ? 'none' : 'not known';
  const run = (one: DesignDiff['gained']): string => (one ? `${one.path.steps.length} steps` : open);
  const legal = diff.lostThoughLegal ? `, legal ones too: ${run(diff.lostThoughLegal)}` : '';
  const states = [diff.before, diff.after].map(
    ({ result }) => `${count(result.distinct ?? 0)}${result.complete ? '' : '+'}`,
  );
  return line([
    `\`${name}\``,
    source,
    settings({ ...at }) || 'defaults',
    named(broken(diff), 'after'),
    named(repaired(diff), 'before'),
    run(diff.gained),
    `${run(diff.lost)}${legal}`,
    states.join(' → '),
  ]);
}

async function section({ argument, spec }: LoadedModel): Promise<string[]> {
  const changes = Object.entries(spec.model.definition.changes);
  if (changes.length === 0) return [];
  const titles = ['change', 'source', 'at', 'breaks', 'repairs', 'gains', 'loses', 'states'];
  const lines = ['', `## ${argument}`, '', line(titles), line(titles.map(() => '---'))];
  for (const [name, { source, at: set = {} }] of changes) {
    console.error(`${argument} ${name}`);
    const designs = [configure(spec, { set }), configure(spec, { set, changes: [name] })] as const;
    const diff = await diffDesigns(...designs, { states: STATES, maxPairs: 4 * STATES });
    lines.push(row(name, source, set, diff));
  }
  return lines;
}

const lines = [
  '# The catalogue of changes',
  '',
  'Every design change of every model beside the model as it is, under equal bounds: the smallest at which the change shows.',
  'A number in brackets is the length of the shortest run that shows it. *Gains* and *loses* are the shortest runs that only',
  'one of the two designs can make, step by step; *legal* lost runs need not come to any violation.',
  `A search ends at ${count(STATES)} states, shown as a +. Written by \`npm run catalogue\`; \`fencepost diff\` shows the runs.`,
];
for (const model of await houseModels()) lines.push(...(await section(model)));
writeFileSync(fileURLToPath(new URL('../docs/catalogue.md', import.meta.url)), `${lines.join('\n')}\n`);
