import { InvalidArgumentError, Option } from 'commander';
import type { Request } from '../checker/language/configure.ts';

/** The options that say which design is meant. */
export interface DesignOptions {
  readonly set?: ReadonlyMap<string, unknown>;
  readonly with?: readonly string[];
}

export interface LimitOptions {
  readonly states?: number;
  readonly depth?: number;
  readonly seconds?: number;
  /** Bytes. */
  readonly memory?: number;
}

export function requestOf(options: DesignOptions): Request {
  return { set: Object.fromEntries(options.set ?? []), changes: options.with ?? [] };
}

export const setOption = (): Option =>
  new Option(
    '--set <parameter=value>',
    'a parameter of the model, as JSON or a bare word; repeatable',
  ).argParser((text: string, earlier: ReadonlyMap<string, unknown> = new Map()) => {
    const at = text.indexOf('=');
    if (at < 1) throw new InvalidArgumentError('Write --set parameter=value, such as --set servers=3.');
    const key = text.slice(0, at);
    if (earlier.has(key)) throw new InvalidArgumentError(`The parameter ${key} is set twice.`);
    return new Map([...earlier, [key, jsonOrWord(text.slice(at + 1))]]);
  });

export const withOption = (about = 'a design change of the model by its name; repeatable'): Option =>
  new Option('--with <change>', about).argParser(names('The change is named twice.'));

export const fromOption = (): Option =>
  new Option('--from <change>', 'a change that the design before has; repeatable').argParser(
    names('The change is named twice.'),
  );

export const observeOption = (): Option =>
  new Option(
    '--observe <component>',
    'compare what can be seen of this component, instead of steps; repeatable',
  ).argParser(names('The component is named twice.'));

export const propertyOption = (): Option =>
  new Option('--property <name>', 'look at this property alone; repeatable').argParser(
    names('The property is named twice.'),
  );

const names =
  (twice: string) =>
  (text: string, earlier: readonly string[] = []): string[] => {
    if (earlier.includes(text)) throw new InvalidArgumentError(twice);
    return [...earlier, text];
  };

export const positiveInteger = (text: string): number => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value === 0)
    throw new InvalidArgumentError('It must be a whole number, at least 1.');
  return value;
};

const MOST_WORKERS = 64;

export const workerCount = (text: string): number => {
  const count = positiveInteger(text);
  if (count > MOST_WORKERS) throw new InvalidArgumentError(`It must be at most ${MOST_WORKERS}.`);
  return count;
};

/** Seeds are integers of 32 bits, as the generator of random numbers takes them. */
export const seedNumber = (text: string): number => {
  const value = Number(text);
  if (!/^-?\d+$/.test(text) || value !== (value | 0))
    throw new InvalidArgumentError('It must be a whole number of 32 bits.');
  return value;
};

export const positiveNumber = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError('It must be a number above 0.');
  return value;
};

/** 90s, 10m, 2h; a bare number is seconds. */
export const durationOf = (text: string): number => {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([smh]?)$/.exec(text) ?? [];
  const seconds = Number(number) * (unit === 'h' ? 3600 : unit === 'm' ? 60 : 1);
  if (!(seconds > 0)) throw new InvalidArgumentError('Write 90s, 10m or 2h.');
  return seconds;
};

/** 512MiB or 4GiB: bytes. */
export const bytesOf = (text: string): number => {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(MiB|GiB)$/.exec(text) ?? [];
  const bytes = Number(number) * (unit === 'GiB' ? 2 ** 30 : 2 ** 20);
  if (!(bytes > 0)) throw new InvalidArgumentError('Write 512MiB or 4GiB.');
  return bytes;
};

/** 2/5: the second of five. */
export const shardOf = (text: string): { index: number; of: number } => {
  const [, index, of] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  if (!(Number(index) >= 1 && Number(of) >= 1)) throw new InvalidArgumentError('Write i/n, such as 1/4.');
  return { index: Number(index), of: Number(of) };
};

function jsonOrWord(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
