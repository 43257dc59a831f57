/** A command that does the same again, to be copied into a shell. */
export function commandLine(words: readonly string[]): string {
  return ['npx fencepost', ...words.map(quoted)].join(' ');
}

/** The options that name a design: `--set` and `--with` as they were given. */
export function designOptions(request: {
  readonly set?: Readonly<Record<string, unknown>>;
  readonly changes?: readonly string[];
}): string[] {
  return [
    ...Object.entries(request.set ?? {}).flatMap(([key, value]) => ['--set', `${key}=${setValue(value)}`]),
    ...(request.changes ?? []).flatMap((change) => ['--with', change]),
  ];
}

/** The text that `--set` reads back as this value: a bare string unless it would be read as JSON. */
function setValue(value: unknown): string {
  return typeof value === 'string' && !isJson(value) ? value : JSON.stringify(value);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
