import { canonicalJson } from '../language/canonical.ts';
import { UsageError } from '../language/errors.ts';
import { type Json, SCHEMA_VERSION, TRACE_FORMAT, Trace } from './format.ts';

/**
 * Reads a trace file back.
 * @throws UsageError with one sentence for a file that is cut off, foreign, outdated, damaged or at odds with itself.
 */
export function parseTrace(text: string): Trace {
  const data = parseJson(text);
  if (typeof data !== 'object' || data === null || Reflect.get(data, 'format') !== TRACE_FORMAT) {
    throw new UsageError(foreign(data));
  }
  const version: unknown = Reflect.get(data, 'schemaVersion');
  if (version !== SCHEMA_VERSION) {
    throw new UsageError(
      `the trace has schemaVersion ${JSON.stringify(version)}, but this version of the command reads ${SCHEMA_VERSION}; run the check again to write a new one.`,
    );
  }
  const result = Trace.safeParse(data);
  if (!result.success) {
    const issue = result.error.issues[0];
    const where = issue?.path.map(String).join('.') || 'the whole';
    throw new UsageError(`the trace is damaged at ${where}: ${issue?.message ?? 'not valid'}.`);
  }
  checkContinuity(result.data);
  return result.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const end = text.trimEnd();
    if (end === '') throw new UsageError('the trace file is empty.');
    if (end.startsWith('{') && !end.endsWith('}')) {
      throw new UsageError(`the trace is cut off after ${text.length} characters.`);
    }
    throw new UsageError(`the trace is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function foreign(data: unknown): string {
  const itf = typeof data === 'object' && data !== null && Object.hasOwn(data, 'vars');
  return itf
    ? 'this is an ITF trace; only traces in the JSON format, the default of --trace, can be read back.'
    : `this is not a trace: its format is not '${TRACE_FORMAT}'.`;
}

/** Each step must begin where the one before it ended, and a loop must close. */
function checkContinuity({ initial, steps, loop }: Trace): void {
  const state = new Map<string, Json>(Object.entries(initial ?? {}));
  const seen = [canonicalJson(Object.fromEntries(state))];
  for (const [i, { changes }] of steps.entries()) {
    for (const { component, before, after } of changes) {
      const now = state.get(component);
      if (now === undefined) {
        throw new UsageError(
          `the trace is damaged: step ${i + 1} changes ${component}, which its initial state lacks.`,
        );
      }
      if (canonicalJson(now) !== canonicalJson(before)) {
        throw new UsageError(
          `the trace is damaged: before step ${i + 1} ${component} is ${JSON.stringify(now)}, but the step records ${JSON.stringify(before)}.`,
        );
      }
      state.set(component, after);
    }
    if (loop !== null) seen.push(canonicalJson(Object.fromEntries(state)));
  }
  if (loop !== null && seen[loop] !== seen.at(-1)) {
    throw new UsageError(
      `the trace is damaged: its last state is not state ${loop}, to which it claims to come back.`,
    );
  }
}
