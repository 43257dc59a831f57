import { ModelError } from '../language/errors.ts';

let modelCodeRuns = false;
let installed = false;

function refuse(what: string): never {
  throw new ModelError(
    `${what}; what it does may depend on the state, the instance and the parameters alone`,
  );
}

/** Wraps a function so that model code cannot call it; for everybody else it stays what it is. */
function guard(owner: object, key: string, what: string): void {
  const original: unknown = Reflect.get(owner, key);
  if (typeof original !== 'function') return;
  const guarded = new Proxy(original, {
    apply(target, self, args) {
      if (modelCodeRuns) refuse(what);
      return Reflect.apply(target, self, args);
    },
    construct(target, args, newTarget) {
      if (modelCodeRuns && args.length === 0) refuse(what);
      return Reflect.construct(target, args, newTarget);
    },
  });
  Object.defineProperty(owner, key, { value: guarded, configurable: true, writable: true });
}

/** Once in a process: the clock and the dice are taken away from model code, and from model code only. */
function install(): void {
  installed = true;
  guard(Math, 'random', 'draws random numbers (Math.random)');
  guard(Date, 'now', 'reads the clock (Date.now)');
  guard(globalThis, 'Date', 'reads the clock (Date)');
  guard(performance, 'now', 'reads the clock (performance.now)');
  guard(process.hrtime, 'bigint', 'reads the clock (process.hrtime)');
  guard(process, 'hrtime', 'reads the clock (process.hrtime)');
  guard(process, 'uptime', 'reads the clock (process.uptime)');
  guard(crypto, 'getRandomValues', 'draws random numbers (crypto)');
  guard(crypto, 'randomUUID', 'draws random numbers (crypto)');
}

/** Runs code of a model, and turns whatever it throws into a ModelError. */
export function runPurely<T>(code: () => T): T {
  if (!installed) install();
  const outer = modelCodeRuns;
  modelCodeRuns = true;
  try {
    return code();
  } catch (error) {
    throw asModelError(error);
  } finally {
    modelCodeRuns = outer;
  }
}

const MUTATION = /read only property|not extensible|Cannot delete property|Cannot redefine property/;

function asModelError(error: unknown): ModelError {
  if (error instanceof ModelError) return error;
  if (error instanceof TypeError && MUTATION.test(error.message)) {
    return new ModelError(
      `mutates a value of the state (${error.message}); return updates instead`,
      {},
      error,
    );
  }
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new ModelError(`throws ${text}`, {}, error);
}
