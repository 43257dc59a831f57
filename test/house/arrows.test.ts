import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { expect, test } from 'vitest';
import { projectFiles, root } from './project-files.ts';

// The import arrows of docs/architecture.md. Biome enforces them too; this test shows that they are enforced on
// every file, since a rule whose globs match nothing passes as well.
const allowed: Record<string, string[]> = {
  checker: ['checker'],
  model: ['model', 'checker/language'],
  invariants: ['invariants', 'model', 'checker/language'],
  conformance: ['conformance', 'model', 'checker/language'],
  cli: ['cli', 'conformance', 'invariants', 'model', 'checker', 'index.ts'],
  'index.ts': ['invariants', 'model', 'checker'],
  'vitest.ts': ['checker'],
};
const packagesForPureCode = ['zod'];

type Import = { file: string; area: string; specifier: string; target: string | undefined };

const sources = projectFiles().filter((file) => /\.[mc]?tsx?$/.test(file) && areaOf(file) !== undefined);
const imports = sources.flatMap(importsOf);

function areaOf(file: string): string | undefined {
  return Object.keys(allowed).find((area) => isIn(file, area));
}

function isIn(file: string, folderOrFile: string): boolean {
  return file === folderOrFile || file.startsWith(`${folderOrFile}/`);
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const specifiers = [
    ...text.matchAll(/^(?:import|export)\b[^'"`;]*?\bfrom\s*(['"])(?<specifier>.*?)\1/gm),
    ...text.matchAll(/^import\s*(['"])(?<specifier>.*?)\1/gm),
    ...text.matchAll(/\bimport\(\s*(['"])(?<specifier>.*?)\1/g),
  ].map((match) => match.groups?.specifier ?? '');
  return specifiers.map((specifier) => ({
    file,
    area: areaOf(file) ?? '',
    specifier,
    target: specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : undefined,
  }));
}

const tell = ({ file, specifier }: Import): string => `${file} imports ${specifier}`;
const local = imports.filter((each) => each.target !== undefined);

test('imports run one way', () => {
  const wrong = local.filter(
    ({ area, target = '' }) => !(allowed[area] ?? []).some((folder) => isIn(target, folder)),
  );
  expect(wrong.map(tell)).toEqual([]);
});

test('models and invariants use nothing of Node and no package but zod', () => {
  const wrong = imports.filter(
    ({ area, target, specifier }) =>
      (area === 'model' || area === 'invariants') &&
      target === undefined &&
      !packagesForPureCode.includes(specifier),
  );
  expect(wrong.map(tell)).toEqual([]);
});

test('the arrows are looked for where they are', () => {
  // Every import found is a file that exists: the patterns above read imports rightly.
  const broken = local.filter(({ target = '' }) => !existsSync(join(root, target)));
  expect(broken.map(tell)).toEqual([]);

  // No folder with several files imports nothing, and nothing that looks like an import was overlooked.
  expect(sources.length).toBeGreaterThan(15);
  for (const area of Object.keys(allowed)) {
    const files = sources.filter((file) => areaOf(file) === area);
    const found = imports.filter((each) => each.area === area);
    if (files.length > 3)
      expect(found, `no import found in ${files.length} files of ${area}`).not.toEqual([]);
  }
  for (const file of sources) {
    const looksLikeOne = /^import[ {*'"]|^export\b.* from ['"]|\bimport\(\s*['"]/gm;
    const lines = readFileSync(join(root, file), 'utf8').match(looksLikeOne) ?? [];
    const found = imports.filter((each) => each.file === file);
    expect(found.length, `imports of ${file}`).toBeGreaterThanOrEqual(lines.length);
  }
});

test('each arrow is found where it must exist', () => {
  const filesOf = (area: string): string[] => sources.filter((file) => areaOf(file) === area);
  const defines = filesOf('model').some((file) =>
    readFileSync(join(root, file), 'utf8').includes('defineModel('),
  );
  const must: [from: string, to: string, when: boolean][] = [
    ['model', 'checker', defines],
    ['invariants', 'model', filesOf('invariants').length > 0],
    ['invariants', 'checker', filesOf('invariants').length > 0],
    ['conformance', 'model', filesOf('conformance').length > 2],
    ['cli', 'checker', filesOf('cli').length > 4],
  ];
  const arrows = local.map(({ area, target = '' }) => `${area} -> ${areaOf(target)}`);
  for (const [from, to, when] of must) if (when) expect(arrows).toContain(`${from} -> ${to}`);
});
