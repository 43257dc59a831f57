import type { Verdict } from './properties.ts';

/**
 * A conjunction whose parts have names: true, or which of them fail, each with its own sentence if it has one.
 * `holds: (s, i) => all({ voted: s.vote(i).value !== null, 'same epoch': a === b || `${a} and ${b}` })`
 */
export function all(parts: Readonly<Record<string, Verdict>>): Verdict {
  const failing = Object.entries(parts).filter(([, verdict]) => verdict !== true);
  if (failing.length === 0) return true;
  const told = failing.map(([name, verdict]) => (verdict === false ? name : `${name} (${verdict})`));
  return `not ${told.join(', not ')}`;
}
