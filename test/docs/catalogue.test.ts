import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { houseModels } from '../../cli/models.ts';

// docs/catalogue.md is written by scripts/catalogue.ts, which takes too long for a test.
const page = await readFile(new URL('../../docs/catalogue.md', import.meta.url), 'utf8');
const sections = page.split(/^## /m).slice(1);

test.each((await houseModels()).map((model) => [model.argument, model] as const))(
  'the catalogue has a row for every change of %s (npx tsx scripts/catalogue.ts <model> writes them)',
  (argument, { spec }) => {
    const section = sections.find((text) => text.startsWith(`${argument}\n`)) ?? '';
    const rows = [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, change]) => change);
    expect(rows).toEqual(Object.keys(spec.model.definition.changes));
  },
);
