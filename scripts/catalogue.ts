// npx tsx scripts/catalogue.ts [--missing] [model ...]: compares every change of every model, or of these, with the model as it
// is, at the change's own bounds, and writes docs/catalogue.md. Takes some minutes; --missing keeps the rows that are there.
import { readFileSync, writeFileSync } from 'node:fs';
import { diffDesigns } from '../checker/diff/diff.ts';
import { broken, type DesignDiff, type PropertyDiff, repaired } from '../checker/diff/result.ts';
import { configure } from '../checker/language/configure.ts';
import { houseModels, type LoadedModel } from '../cli/models.ts';
import { count, many, settings } from '../cli/output/words.ts';

/** Distinct states of one design, after which it is left at that. */
const STATES = 400_000;

const page = new URL('../docs/catalogue.md', import.meta.url);

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function row(name: string, source: string, at: object, diff: DesignDiff): string {
  const whole = diff.before.result.complete && diff.after.result.complete;
  const named = (list: readonly PropertyDiff[], side: 'before' | 'after'): string => {
    const told = list.map((one) => {
      const steps = one[side]?.steps;
      return steps === undefined ? one.name : `${one.name} (${steps})`;
    });
    return told.join(', ') || (whole ? '–' : 'none so far');
  };
  const open = diff.stoppedBy === undefined ? 'none' : 'not known';
  const run = (one: DesignDiff['gained']): string => (one ? many(one.path.steps.length, 'step') : open);
  const legal = diff.lostThoughLegal ? `, of legal ones ${run(diff.lostThoughLegal)}` : '';
  const same = open === 'none' && !diff.gained && !diff.lost;
  const gains = same ? (diff.parting ? 'none, but other states' : 'none') : run(diff.gained);
  const states = [diff.before, diff.after].map(({ result }) =>
    result.complete ? count(result.distinct ?? 0) : `over ${count(STATES)}`,
  );
  return line([
    `\`${name}\``,
    source,
    settings({ ...at }) || 'defaults',
    named(broken(diff), 'after'),
    named(repaired(diff), 'before'),
    gains,
    `${run(diff.lost)}${legal}`,
    states.join(' → '),
  ]);
}

async function section({ argument, spec }: LoadedModel, kept: readonly string[]): Promise<string> {
  const titles = ['change', 'source', 'at', 'breaks', 'repairs', 'gains', 'loses', 'states'];
  const lines = [`## ${argument}`, '', line(titles), line(titles.map(() => '---'))];
  for (const [name, { source, at: set = {} }] of Object.entries(spec.model.definition.changes)) {
    const known = kept.find((text) => text.startsWith(`| \`${name}\` |`));
    if (known !== undefined) {
      lines.push(known);
      continue;
    }
    console.log(`${argument} ${name}`);
    const designs = [configure(spec, { set }), configure(spec, { set, changes: [name] })] as const;
    const diff = await diffDesigns(...designs, { states: STATES, maxPairs: 4 * STATES });
    lines.push(row(name, source, set, diff));
  }
  return lines.join('\n');
}

/** The section of a model as the page has it now. */
function present(model: string): string | undefined {
  const sections = readFileSync(page, 'utf8').split(/^(?=## )/m);
  return sections.find((text) => text.startsWith(`## ${model}\n`))?.trimEnd();
}

const rowsToKeep = (now: string | undefined): readonly string[] =>
  onlyMissing && now !== undefined ? now.split('\n') : [];

const head = `# The catalogue of changes

Every design change of every model beside the model as it is, under equal bounds: the smallest at which the change shows.
A number in brackets is the length of the shortest run that shows it. *Gains* and *loses* are the lengths of the shortest runs that
only one of the two designs can make, step by step; a lost run is *legal* if it need not come to any violation. A search ends
at ${count(STATES)} states. Written by \`npx tsx scripts/catalogue.ts\`: do not edit. \`npx fencepost diff\` shows the runs.`;

const onlyMissing = process.argv.includes('--missing');
const wanted = process.argv.slice(2).filter((argument) => argument !== '--missing');
const sections: string[] = [];
for (const model of await houseModels()) {
  if (Object.keys(model.spec.model.definition.changes).length === 0) continue;
  const now = present(model.argument);
  const isWanted = wanted.length === 0 || wanted.includes(model.argument);
  sections.push(isWanted || now === undefined ? await section(model, rowsToKeep(now)) : now);
}
writeFileSync(page, `${[head, ...sections].join('\n\n')}\n`);
