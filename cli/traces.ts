import { extname } from 'node:path';
import { UsageError } from '../checker/language/errors.ts';
import { suggestion } from '../checker/language/nearest.ts';
import type { Spec } from '../checker/language/properties.ts';
import type { SearchResult } from '../checker/search/result.ts';
import type { Space } from '../checker/space/space.ts';
import { type Trace, traceOf } from '../checker/trace/trace.ts';
import type { Io } from './io.ts';
import { type Format, traceText } from './output/trace-text.ts';
import { checkWritable, writeWhole } from './output/write-file.ts';

/** What a search may do with the runs that it finds. */
export interface TraceOptions {
  /** A file to write them to. */
  readonly trace?: string;
  readonly format?: Format;
  readonly json?: boolean;
  /** The witness whose run is wanted. */
  readonly witness?: string;
}

/** Refuses what cannot be honoured, before the search. @throws UsageError, UserError */
export function checkTraceOptions({ trace, format, json, witness }: TraceOptions, spec: Spec): void {
  if (json && format !== undefined && trace === undefined) {
    throw new UsageError(
      '--json and --format both say what standard output holds: name a file for the trace with --trace.',
    );
  }
  if (trace === '-') {
    throw new UsageError('--trace names a file; --format json prints the run on standard output.');
  }
  if (trace !== undefined) checkWritable(trace);
  if (witness === undefined) return;
  const known = spec.properties.filter(({ kind }) => kind === 'reachable').map(({ name }) => name);
  if (!known.includes(witness)) {
    throw new UsageError(`${spec.model.name} has no witness '${witness}'.${suggestion(witness, known)}`);
  }
}

/** Whether standard output is to hold the bare trace, and nothing else. */
export function printsBareTrace({ trace, format }: TraceOptions): boolean {
  return trace === undefined && format !== undefined && format !== 'text';
}

/** The runs of the violations, each told in full. */
export function violationTraces(space: Space, { violations }: SearchResult): readonly Trace[] {
  return violations.filter(({ path }) => path !== undefined).map((violation) => traceOf(space, violation));
}

export function witnessTrace(space: Space, { witnesses }: SearchResult, name: string): Trace | undefined {
  const witness = witnesses.find(({ property }) => property === name);
  return witness && traceOf(space, witness);
}

/** Writes each trace to a file of its own, the first one to the file named, with what explains it by property. Answers what was written. */
export async function writeTraces(
  traces: readonly Trace[],
  file: string,
  format: Format,
  io: Io,
  explained: ReadonlyMap<string, string>,
): Promise<readonly { readonly property: string; readonly file: string }[]> {
  const written = [];
  for (const [i, trace] of traces.entries()) {
    const target = i === 0 ? file : beside(file, trace.property);
    if (target !== file) checkWritable(target);
    const options = { color: false, width: io.width, explained: explained.get(trace.property) };
    writeWhole(target, await traceText(trace, format, options));
    written.push({ property: trace.property, file: target });
  }
  return written;
}

/** trace.json, trace.consistent.json */
function beside(file: string, property: string): string {
  const ending = extname(file);
  return `${file.slice(0, file.length - ending.length)}.${property}${ending}`;
}
