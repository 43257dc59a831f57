import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { projectFiles, root } from './house/project-files.ts';

// Tests of the command and of the package run what was built: build first if any source is newer.
export default function setup(): void {
  const time = (file: string): number => statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = projectFiles().filter((file) =>
    /^(?:index\.ts$|(?:checker|model|invariants|conformance|cli)\/.*\.ts$)/.test(file),
  );
  const newest = Math.max(...sources.map(time));
  if (newest < Math.min(time('dist/index.js'), time('dist/cli/main.js'))) return;
  spawnSync('npm', ['run', '-s', 'build'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
}
