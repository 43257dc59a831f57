/** 1,234,567 */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** `1 state`, `2 states`. */
export function many(value: number, one: string, more = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : more}`;
}

/** A duration, short: 0.42 s, 3.1 s, 75 s. */
export function seconds(value: number): string {
  return `${value.toFixed(value < 1 ? 2 : value < 10 ? 1 : 0)} s`;
}

/** A size in MiB, or GiB when that says more. */
export function size(bytes: number): string {
  const mib = bytes / 2 ** 20;
  return mib < 1024 ? `${Math.ceil(mib)} MiB` : `${(mib / 1024).toFixed(1)} GiB`;
}

/** The parameters of a run in words: servers=3, crashes=1. */
export function settings(params: Readonly<Record<string, unknown>>): string {
  return Object.entries(params)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}
