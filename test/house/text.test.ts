import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFiles, root } from './project-files.ts';

// Users have neither the machine nor the registry that a version of this project was written with.
// (Each pattern is spelled so that it does not match itself.)
const forbidden: [what: string, pattern: RegExp][] = [
  ['a folder outside the project', /\.\.[/]shared\b/],
  ['a path of one machine', /(?<![\w.)\]}-])[/](?:work|root|Users|home[/]\w+)[/]/],
  ['a package registry', /\bregistry[.][a-z]|\bnpm(?:js)?[.]org\b|[/]-[/][\w.-]+[.]tgz|_auth[T]oken/],
];

const files = projectFiles();

test.each(forbidden)('no file names %s', (_what, pattern) => {
  const found = files.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, i) => (pattern.test(line) ? [`${file}:${i + 1}: ${line.trim().slice(0, 120)}`] : [])),
  );
  expect(found).toEqual([]);
});

test('the patterns match what they forbid', () => {
  const samples = [
    ['..', 'shared', 'x'].join('/'),
    ['"', 'root', 'x'].join('/'),
    `https://${['registry', 'example', 'org'].join('.')}/x`,
  ];
  for (const [i, [, pattern]] of forbidden.entries()) expect(samples[i]).toMatch(pattern);
  expect(files.length).toBeGreaterThan(20);
});

test('the lock file says no address to download from', () => {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { resolved?: string }>;
  };
  const packages = Object.entries(lock.packages);
  expect(packages.length).toBeGreaterThan(20);
  expect(packages.filter(([, entry]) => entry.resolved !== undefined).map(([name]) => name)).toEqual([]);
});
