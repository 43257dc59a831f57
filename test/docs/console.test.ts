import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../cli/run.ts';

// Every command in a ```console block of README.md and docs/ is run, in order, in an empty folder, and what it prints is
// compared with what the page shows. UPDATE_DOCS=1 writes what is printed into the pages. A ```ts block whose first line
// names a file is that file.

const root = new URL('../../', import.meta.url).pathname;
const home = process.cwd();
const pages = [
  'README.md',
  ...(await readdir(join(root, 'docs'), { recursive: true }))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll('\\', '/')}`),
];
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fencepost-docs-'));
  await cp(join(root, 'test/fixtures/zookeeper-logs/c-leader-crash-1'), join(folder, 'my-logs'), {
    recursive: true,
  });
  process.chdir(folder);
});

afterAll(async () => {
  process.chdir(home);
  await rm(folder, { recursive: true, force: true });
});

/** Figures that differ from run to run. */
const steady = (text: string): string =>
  text
    .replace(/\d+(\.\d+)? s\b/g, '0.00 s')
    .replace(/[\d.,]+ [KMG]iB/g, '0 MiB')
    .replace(/(?<= {2,})\d+\.\d\d(?= +\S)/g, '0.00')
    .replace(/ +$/gm, '')
    .trim();

interface Block {
  readonly language: string;
  readonly body: string;
}

const blocksOf = (page: string): Block[] =>
  [...page.matchAll(/^```(console|ts)\n(.*?)^```$/gms)].map(([, language = '', body = '']) => ({
    language,
    body,
  }));

async function printed(command: string): Promise<string> {
  let text = '';
  const out = (more: string): void => {
    text += more;
  };
  const [words = '', expected] = command.split(/\s+# exit (?=\d)/);
  const argv = (words.match(/'[^']*'|\S+/g) ?? []).slice(2).map((word) => word.replaceAll("'", ''));
  const io = {
    out,
    err: out,
    width: 100,
    color: false,
    progress: false,
    signal: new AbortController().signal,
  };
  expect(await run(argv, io), command).toBe(Number(expected ?? 0));
  return text;
}

/** A block with one command and all that it prints, or several commands whose output the page leaves out. */
async function replay(body: string): Promise<string> {
  const lines = body.split('\n');
  const commands = lines.filter((line) => line.startsWith('$ npx fencepost '));
  const outputs: string[] = [];
  for (const command of commands) outputs.push(await printed(command.slice(2)));
  if (lines.filter((line) => line !== '').length === commands.length && commands.length > 1) return body;
  expect(commands, 'one command in a block that shows output').toHaveLength(1);
  return `${commands[0]}\n${outputs[0]?.trimEnd()}\n`;
}

test.each(pages)('%s shows what its commands print', async (name) => {
  const file = join(root, name);
  let page = await readFile(file, 'utf8');
  for (const { language, body } of blocksOf(page)) {
    if (language === 'ts') {
      const target = /^\/\/ (\S+\.ts)\n/.exec(body)?.[1];
      if (target !== undefined) await writeFile(target, body);
      continue;
    }
    const now = await replay(body);
    if (process.env.UPDATE_DOCS === '1') page = page.replace(body, () => now);
    else expect(steady(now)).toBe(steady(body));
  }
  if (process.env.UPDATE_DOCS === '1') await writeFile(file, page);
});

test('the pages do show commands', async () => {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  expect(blocksOf(readme).filter(({ language }) => language === 'console').length).toBeGreaterThan(4);
});
