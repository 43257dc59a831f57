import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../house/project-files.ts';

// The files of the guide stand in test/fixtures/own-change/, too, where vitest runs the test as a user's.
test.each(['my-election.ts', 'my-election.test.ts'])('%s of the guide is the file that is tested', (name) => {
  const page = readFileSync(join(root, 'docs/your-own-change.md'), 'utf8');
  const block = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].find(([, body]) =>
    body?.startsWith(`// ${name}\n`),
  );
  expect(block?.[1]).toBe(readFileSync(join(root, 'test/fixtures/own-change', name), 'utf8'));
});
