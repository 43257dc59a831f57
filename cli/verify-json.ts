import type { Claim, Verified } from '../checker/search/verify.ts';
import type { VerifyJson } from './json.ts';

/** The rows of `verify` as `--json` shows them. */
export function verifyJson(model: string, rows: readonly Verified[]): VerifyJson {
  return {
    model,
    rows: rows.map(({ change, source, at, claims, distinct, seconds, agrees }) => ({
      change,
      source,
      at: { ...at },
      expected: byDesign(claims, 'expected'),
      found: byDesign(claims, 'found'),
      steps: shortest(claims),
      distinct: distinct ?? null,
      seconds,
      agrees: agrees ?? null,
    })),
  };
}

function byDesign<F extends 'expected' | 'found'>(
  claims: readonly Claim[],
  field: F,
): Record<string, Record<string, Claim[F]>> {
  const designs: Record<string, Record<string, Claim[F]>> = {};
  for (const claim of claims) {
    const properties = designs[claim.design] ?? {};
    designs[claim.design] = properties;
    properties[claim.property] = claim[field];
  }
  return designs;
}

/** Of the runs that show what the change does: in the changed design, or for a repair in the one before it. */
function shortest(claims: readonly Claim[]): number | null {
  const steps = claims
    .filter(({ expected }) => expected === 'violated')
    .flatMap((claim) => (claim.steps === undefined ? [] : [claim.steps]));
  return steps.length === 0 ? null : Math.min(...steps);
}
