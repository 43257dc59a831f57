import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectFiles, root } from './project-files.ts';

// Plants one fault a file in a copy of the project's set-up, and asks biome: every rule must really see its files.
const importing = (specifier: string): string => `export { a } from '${specifier}';\n`;
const arrow = 'lint/style/noRestrictedImports';
const global = 'lint/style/noRestrictedGlobals';

const planted: [file: string, text: string, rule: string | undefined][] = [
  ['checker/search/model.ts', importing('../../model/kafka/a.ts'), arrow],
  ['checker/search/invariants.ts', importing('../../invariants/kafka/a.ts'), arrow],
  ['checker/language/conformance.ts', importing('../../conformance/a.ts'), arrow],
  ['checker/space/cli.ts', importing('../../cli/a.ts'), arrow],
  ['checker/space/dynamic.ts', `export const a = await import('../../cli/a.ts');\n`, arrow],
  ['checker/space/type.ts', `export type { a } from '../../model/a.ts';\n`, arrow],
  ['checker/search/fine.ts', importing('../language/index.ts'), undefined],
  ['model/kafka/search.ts', importing('../../checker/search/a.ts'), arrow],
  ['model/kafka/space.ts', importing('../../checker/space/a.ts'), arrow],
  ['model/kafka/trace.ts', importing('../../checker/trace/a.ts'), arrow],
  ['model/zookeeper/election/deep.ts', importing('../../../checker/search/a.ts'), arrow],
  ['model/kafka/invariants.ts', importing('../../invariants/kafka/a.ts'), arrow],
  ['model/kafka/cli.ts', importing('../../cli/a.ts'), arrow],
  ['model/kafka/node.ts', importing('node:fs'), arrow],
  ['model/kafka/fine.ts', importing('../../checker/language/index.ts'), undefined],
  ['model/kafka/across.ts', importing('../zookeeper/election/rules.ts'), undefined],
  ['invariants/kafka/search.ts', importing('../../checker/search/a.ts'), arrow],
  ['invariants/kafka/cli.ts', importing('../../cli/a.ts'), arrow],
  ['invariants/kafka/fine.ts', importing('../../model/kafka/fine.ts'), undefined],
  ['invariants/kafka/language.ts', importing('../../checker/language/index.ts'), undefined],
  ['conformance/invariants.ts', importing('../invariants/kafka/a.ts'), arrow],
  ['conformance/search.ts', importing('../checker/search/a.ts'), arrow],
  ['conformance/fine.ts', importing('../model/kafka/fine.ts'), undefined],
  ['cli/test.ts', importing('../test/a.ts'), arrow],
  ['cli/fine.ts', importing('../checker/search/fine.ts'), undefined],
  ['model/kafka/date.ts', 'export const a = Date.now();\n', global],
  ['model/kafka/timeout.ts', 'setTimeout(() => undefined, 1);\n', global],
  ['model/kafka/interval.ts', 'setInterval(() => undefined, 1);\n', global],
  ['model/kafka/process.ts', 'export const a = process.env;\n', global],
  ['model/kafka/crypto.ts', 'export const a = crypto.randomUUID();\n', global],
  ['model/kafka/random.ts', 'export const a = Math.random();\n', 'plugin'],
  ['model/kafka/floor.ts', 'export const a = Math.floor(1.5);\n', undefined],
  ['invariants/kafka/date.ts', 'export const a = new Date();\n', global],
  ['checker/search/clock.ts', 'export const a = Date.now();\n', undefined],
  [
    'cli/promise.ts',
    'export async function f(): Promise<void> {}\nf();\n',
    'lint/nursery/noFloatingPromises',
  ],
  ['cli/package.ts', importing('vitest'), 'lint/correctness/noUndeclaredDependencies'],
  ['test/cli/package.test.ts', importing('vitest'), undefined],
  ['cli/one.ts', importing('./two.ts'), 'lint/suspicious/noImportCycles'],
  ['cli/two.ts', importing('./one.ts'), 'lint/suspicious/noImportCycles'],
];

const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
let found: Map<string, string[]>;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fencepost-lint-'));
  for (const file of ['package.json', 'biome.json', 'scripts/no-random.grit']) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    copyFileSync(join(root, file), join(folder, file));
  }
  for (const [file, text] of planted) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const run = spawnSync(
    process.execPath,
    [biome, 'lint', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=github', '.'],
    { cwd: folder, encoding: 'utf8' },
  );
  found = new Map();
  for (const [, rule = '', file = ''] of run.stdout.matchAll(/^::error title=([^,]*),file=([^,]*),/gm)) {
    const name = file
      .replaceAll('\\', '/')
      .replace(/^.*?(?=(?:checker|model|invariants|conformance|cli|test)\/)/, '');
    found.set(name, [...(found.get(name) ?? []), rule]);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(planted)('%s', (file, _text, rule) => {
  expect(found.get(file) ?? []).toEqual(rule === undefined ? [] : [rule]);
});

test('biome checks every source file of the project', () => {
  const run = spawnSync(process.execPath, [biome, 'lint', '--reporter=summary', '.'], {
    cwd: root,
    encoding: 'utf8',
  });
  const checked = Number(/Checked (\d+) files/.exec(run.stdout + run.stderr)?.[1]);
  const sources = projectFiles().filter(
    (file) => /\.[mc]?[jt]sx?$/.test(file) && !file.startsWith('test/fixtures/'),
  );
  expect(sources.length).toBeGreaterThan(10);
  expect(checked).toBeGreaterThanOrEqual(sources.length);
});
