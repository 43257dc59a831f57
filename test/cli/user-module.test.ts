import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as runningErrors from '../../checker/language/errors.ts';
import { UserError } from '../../cli/errors.ts';
import { importUserModule, userPosition } from '../../cli/user-module.ts';
import * as running from '../../index.ts';
import { root } from '../house/project-files.ts';

// Far from any package: nothing that a user's file imports can be found by walking up from here.
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'fencepost-user-')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;

/** Writes files into a new folder and returns the path of the first. */
function written(files: Record<string, string>): string {
  const place = join(folder, `${count++}`);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(place, name)), { recursive: true });
    writeFileSync(join(place, name), text);
  }
  return join(place, Object.keys(files)[0] ?? '');
}

async function refusal(file: string): Promise<string> {
  const error = await importUserModule(file).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  const { message } = error as UserError;
  expect(message).not.toContain('\n');
  return isAbsolute(file) ? message.replaceAll(`${dirname(file)}/`, '') : message;
}

describe('a file that loads', () => {
  test.each(['my-model.ts', 'my-model.mts', 'my-model.js', 'my-model.mjs'])('%s', async (name) => {
    const module = await importUserModule(
      written({ [name]: `import { z } from 'fencepost';\nexport { z };\nexport default 'a default';\n` }),
    );
    expect(module).toMatchObject({ default: 'a default', z: running.z });
    expect(module.z).toBe(running.z);
  });

  test('with types, and a helper of its own', async () => {
    const module = await importUserModule(
      written({
        'my-model.ts': `import type { Size } from './helper.ts';\nimport { twice } from './helper.ts';\nimport names from './names.json';\nexport const answer: Size = twice(21 as Size);\nexport { names };\n`,
        'helper.ts': 'export type Size = number;\nexport const twice = (n: Size): Size => 2 * n;\n',
        'names.json': '["a", "b"]',
      }),
    );
    expect(module).toEqual(expect.objectContaining({ answer: 42, names: ['a', 'b'] }));
  });

  test('gets everything that fencepost exports, and the very same', async () => {
    const module = await importUserModule(
      written({
        'my-model.ts': `import * as fencepost from 'fencepost';\nexport default { ...fencepost };\n`,
      }),
    );
    expect(Object.keys(module.default as object).sort()).toEqual(Object.keys(running).sort());
    for (const [name, value] of Object.entries(running)) {
      expect((module.default as Record<string, unknown>)[name]).toBe(value);
    }
  });

  test('never gets another copy that lies beside it', async () => {
    const module = await importUserModule(
      written({
        'my-model.ts': `import { z } from 'fencepost';\nexport { z };\n`,
        'node_modules/fencepost/package.json':
          '{ "name": "fencepost", "type": "module", "exports": "./index.js" }',
        'node_modules/fencepost/index.js': 'export const z = "another copy";',
      }),
    );
    expect(module.z).toBe(running.z);
  });

  test('and gets the running checker by its path too, as the models of the house do', async () => {
    const file = written({ 'my-model.ts': '' });
    const errors = relative(dirname(file), join(root, 'checker/language/errors.ts'));
    writeFileSync(file, `import * as errors from '${errors}';\nexport default { ...errors };\n`);
    const module = await importUserModule(file);
    expect(Object.keys(runningErrors)).not.toEqual([]);
    for (const [name, value] of Object.entries(runningErrors)) {
      expect((module.default as Record<string, unknown>)[name]).toBe(value);
    }
  });

  test('knows where it lies', async () => {
    const file = written({
      'a folder/my-model.ts': `export default [import.meta.url, import.meta.filename, import.meta.dirname];\n`,
    });
    const module = await importUserModule(file);
    expect(module.default).toEqual([pathToFileURL(file).href, file, dirname(file)]);
  });

  test('is read anew each time', async () => {
    const file = written({ 'my-model.ts': 'export default {};\n' });
    expect((await importUserModule(file)).default).not.toBe((await importUserModule(file)).default);
  });

  test('has its lines found in an error that it throws later', async () => {
    const file = written({
      'my-model.ts': `import { fail } from './a helper, 100% #2.ts';\ntype Step = () => void;\n\nexport const step: Step = () => fail();\n`,
      'a helper, 100% #2.ts': `interface Unused {}\n\nexport function fail(): never {\n  throw new Error('later');\n}\n`,
    });
    const { step } = (await importUserModule(file)) as { step: () => void };
    let error: unknown;
    try {
      step();
    } catch (thrown) {
      error = thrown;
    }
    expect(userPosition(error)).toEqual({ file: join(dirname(file), 'a helper, 100% #2.ts'), line: 4 });
    expect(userPosition(new Error('elsewhere'))).toBeUndefined();
  });
});

describe('a file that does not load is refused in one sentence', () => {
  test('not there', async () => {
    expect(await refusal('./no-such-model.ts')).toBe(
      'There is no file ./no-such-model.ts: check the path, or name a model that "fencepost list" shows',
    );
  });

  test('a folder', async () => {
    const file = written({ 'models/one.ts': '' });
    expect(await refusal(dirname(file))).toMatch(
      /^models is no model file: give a file whose name ends in \.ts/,
    );
  });

  test('some other file', async () => {
    expect(await refusal(written({ 'model.json': '{}' }))).toMatch(/^model\.json is no model file/);
  });

  test('does not parse', async () => {
    expect(await refusal(written({ 'my-model.ts': 'const a = 1;\nexport defalt a;\n' }))).toBe(
      'my-model.ts cannot be loaded (line 2): Unexpected "defalt"',
    );
  });

  test('its helper does not parse', async () => {
    const file = written({ 'my-model.ts': `import './lib/helper.ts';\n`, 'lib/helper.ts': '\n\nlet = ;\n' });
    expect(await refusal(file)).toBe(
      'my-model.ts cannot be loaded (line 3 of lib/helper.ts): Unexpected ";"',
    );
  });

  test('imports a name that fencepost does not export', async () => {
    const file = written({ 'my-model.ts': `import { zed } from 'fencepost';\nexport default zed;\n` });
    expect(await refusal(file)).toBe(
      'my-model.ts cannot be loaded (line 1): No matching export in "fencepost" for import "zed"',
    );
  });

  test('imports a file that is not there', async () => {
    expect(await refusal(written({ 'my-model.ts': `\nimport './helper.ts';\n` }))).toBe(
      'my-model.ts cannot be loaded (line 2): "./helper.ts" is not found; check the path',
    );
  });

  test.each(['lodash', 'fencepost/cli/main', 'fencepost/model/no-such', 'fencepost/model/../cli/main'])(
    'imports %s, which is not there',
    async (name) => {
      expect(await refusal(written({ 'my-model.ts': `import a from '${name}';\nexport default a;\n` }))).toBe(
        `my-model.ts cannot be loaded (line 1): "${name}" is not found; install that package beside the file, or import from "fencepost", which has zod's z too`,
      );
    },
  );

  test('throws', async () => {
    const file = written({
      'my-model.ts': `type T = 1;\n\nconst list: T[] = [];\nlist.first.second();\nexport default list;\n`,
    });
    expect(await refusal(file)).toBe(
      "my-model.ts cannot be loaded (line 4): Cannot read properties of undefined (reading 'second')",
    );
  });

  test('throws a message of several lines', async () => {
    const file = written({
      'my-model.ts': `import { z } from 'fencepost';\n\nexport default z.int().parse('a');\n`,
    });
    expect(await refusal(file)).toMatch(
      /^my-model\.ts cannot be loaded \(line 3\): \[ \{ "expected": "number"/,
    );
  });

  test('throws what is no error', async () => {
    expect(await refusal(written({ 'my-model.ts': `throw 'a word';\n` }))).toBe(
      'my-model.ts cannot be loaded: a word',
    );
  });
});

describe('the package, packed and installed', () => {
  const app = join(folder, 'app');
  const installed = join(app, 'node_modules/fencepost');
  let packed: string[];

  beforeAll(() => {
    mkdirSync(installed, { recursive: true });
    const shell = process.platform === 'win32';
    const npm = (...args: string[]): string =>
      execFileSync('npm', args, { cwd: root, encoding: 'utf8', shell });
    const [report] = JSON.parse(
      npm('pack', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', folder),
    ) as [{ filename: string; files: { path: string }[] }];
    packed = report.files.map((each) => each.path);
    execFileSync('tar', ['-xzf', join(folder, report.filename), '-C', installed, '--strip-components=1']);

    // What an installation adds: the run-time dependencies, and nothing else.
    const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    for (const name of Object.keys(dependencies)) {
      symlinkSync(join(root, 'node_modules', name), join(app, 'node_modules', name), 'junction');
    }
  });

  test('holds what runs, its types and its documents, and no source or test', () => {
    expect(packed).toEqual(
      expect.arrayContaining([
        'package.json',
        'LICENSE',
        'CHANGELOG.md',
        'dist/index.js',
        'dist/index.d.ts',
        'dist/cli/main.js',
        'dist/cli/user-module.js',
      ]),
    );
    expect(packed.filter((file) => !/^(?:dist|docs)\/|^[A-Z]+(?:\.md)?$|^package\.json$/.test(file))).toEqual(
      [],
    );
    expect(packed.filter((file) => /(?<!\.d)\.ts$/.test(file))).toEqual([]);
  });

  test('loads a TypeScript model from another folder with the copy that runs', () => {
    const file = written({
      'my-model.ts': `import { z } from 'fencepost';\nexport const same = (other: unknown): boolean => z === other;\n`,
    });
    const script = written({
      'script.mjs': `
        import { importUserModule } from ${JSON.stringify(pathToFileURL(join(installed, 'dist/cli/user-module.js')).href)};
        import { z } from ${JSON.stringify(pathToFileURL(join(installed, 'dist/index.js')).href)};
        const { same } = await importUserModule(process.argv[2]);
        console.log(same(z));
      `,
    });
    expect(execFileSync(process.execPath, [script, file], { encoding: 'utf8' })).toBe('true\n');
  });

  test('can be imported and type-checked by name', () => {
    const script = join(app, 'uses.mjs');
    writeFileSync(script, `import { z } from 'fencepost';\nconsole.log(typeof z.int);\n`);
    expect(execFileSync(process.execPath, [script], { encoding: 'utf8' })).toBe('function\n');

    writeFileSync(
      join(app, 'uses.ts'),
      `import { z } from 'fencepost';\nexport const wrong: string = z.int().parse(1);\n`,
    );
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', 'uses.ts'];
    let output = '';
    try {
      execFileSync(process.execPath, [tsc, ...options], { cwd: app, encoding: 'utf8' });
    } catch (error) {
      output = (error as { stdout: string }).stdout;
    }
    // The one mistake, and no complaint about the declarations of the package itself.
    expect(output.trim().split('\n')).toEqual([expect.stringMatching(/^uses\.ts\(2,14\): error TS2322/)]);
  });
});
