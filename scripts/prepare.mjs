// npm runs `prepare` after `npm ci` in a clone, so that the command is there at once. It also runs it when `npx fencepost` links
// the clone: then what is built already is good enough.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

if (process.env.npm_command === 'exec' && existsSync('dist/cli/main.js')) process.exit(0);
process.exit(spawnSync('npm', ['run', '-s', 'build'], { stdio: 'inherit' }).status ?? 1);
