// npm run test:slow [-- <area>...]: the long tests, test/slow/<area>*.slow.ts, or all of them.
// An area without a file is an error: a run of nothing must not pass.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = new URL('../test/slow/', import.meta.url);
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.slow.ts')) : [];
const areas = process.argv.slice(2);

const unknown = areas.filter((area) => !files.some((file) => file.startsWith(area)));
if (unknown.length > 0 || files.length === 0) {
  const known = files.map((file) => file.replace(/\.slow\.ts$/, '')).join(', ');
  console.error(`test:slow: no file test/slow/${unknown[0] ?? ''}*.slow.ts; there are: ${known || 'none'}`);
  process.exit(2);
}

const chosen = files.filter((file) => areas.length === 0 || areas.some((area) => file.startsWith(area)));
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const run = spawnSync(
  process.execPath,
  [vitest, 'run', '--config', 'vitest.slow.config.ts', ...chosen.map((file) => `test/slow/${file}`)],
  { cwd: root, stdio: 'inherit' },
);
process.exit(run.status ?? 1);
