import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root } from '../house/project-files.ts';

// The two ways to get the command, done for real. They need git, npm and a registry (or npm's cache of one).
const folder = mkdtempSync(join(tmpdir(), 'fencepost-install-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const clone = join(folder, 'clone');
const app = join(folder, 'app');

function run(cwd: string, command: string, ...args: string[]): string {
  return execFileSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    // npx must not have to ask, nor to fetch anything.
    env: {
      ...process.env,
      ...(command === 'npx' ? { npm_config_yes: 'false', npm_config_offline: 'true' } : {}),
    },
  });
}

test('npx fencepost works after a bare npm ci in a clone', () => {
  run(folder, 'git', 'clone', '--quiet', root, clone);
  run(clone, 'npm', 'ci', '--prefer-offline');
  expect(run(clone, 'npx', 'fencepost', '--version')).toMatch(/\d+\.\d+\.\d+/);
  expect(run(clone, 'git', 'status', '--short')).toBe('');
});

test('npx fencepost works after installing the tarball into an empty folder', () => {
  run(clone, 'npm', 'pack', '--pack-destination', folder);
  const tarball = readdirSync(folder).find((file) => file.endsWith('.tgz')) ?? '';
  mkdirSync(app);
  writeFileSync(join(app, 'package.json'), '{}');
  run(app, 'npm', 'install', '--prefer-offline', join(folder, tarball));
  expect(run(app, 'npx', 'fencepost', '--version')).toMatch(/\d+\.\d+\.\d+/);

  // Nothing of the development set-up comes along.
  const installed = readdirSync(join(app, 'node_modules')).filter((name) => !name.startsWith('.'));
  expect(installed).toEqual([
    '@esbuild',
    'commander',
    'esbuild',
    'fast-check',
    'fencepost',
    'pure-rand',
    'zod',
  ]);
});
