// Runs after tsc. tsc leaves the output of deleted and renamed sources behind, and those would be packed;
// and it writes the command without the executable bit, which npm sets only when it links the command.
import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const outputOf = /^(.*?)(?:\.d\.ts|\.js|\.js\.map)$/;

for (const entry of readdirSync(join(root, 'dist'), { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const output = join(entry.parentPath, entry.name);
  const stem = outputOf.exec(output.slice(join(root, 'dist/').length))?.[1];
  if (stem === undefined || !existsSync(join(root, `${stem}.ts`))) rmSync(output);
}

chmodSync(join(root, 'dist/cli/main.js'), 0o755);
