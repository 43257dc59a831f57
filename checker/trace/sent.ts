import { canonicalJson } from '../language/canonical.ts';
import { cut, inWords, printable } from './compact.ts';
import type { TraceStep } from './format.ts';

/** One message on its way to one lane or, when it is the same for all of them, to several. */
export interface Sent {
  readonly from: string;
  readonly to: readonly string[];
  /** The message in at most `room` characters. */
  words(room: number): string;
}

/** The messages that a step sends between two lanes, those with equal contents as one. */
export function sentBy(step: TraceStep): readonly Sent[] {
  const groups = new Map<string, Sent & { readonly to: string[] }>();
  for (const { kind, from, to, message, says } of step.messages) {
    if (kind === 'receive' || from === null || to === null) continue;
    const key = `${from} ${says ?? ''} ${canonicalJson(message)}`;
    const group = groups.get(key);
    const words = (room: number): string =>
      says === null ? inWords(message, room) : cut(printable(says), room);
    if (group) group.to.push(to);
    else groups.set(key, { from, to: [to], words });
  }
  return [...groups.values()];
}
