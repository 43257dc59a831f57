import type { Spec } from '../../../checker/language/index.ts';
import { specOf } from '../../../checker/language/index.ts';
import { verify } from '../../../checker/search/verify.ts';

export interface Row {
  readonly change: string;
  readonly agrees: boolean | undefined;
  /** Per property that it breaks or repairs, the steps of the shortest run that shows it. */
  readonly steps: Readonly<Record<string, number | undefined>>;
}

/** Runs the catalogue of a model, or some of its changes, against what it declares. */
export async function catalogue(spec: Spec, changes?: readonly string[]): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const { change, agrees, claims } of verify(specOf(spec), { changes })) {
    const broken = claims.filter(({ expected }) => expected === 'violated');
    const steps = Object.fromEntries(broken.map(({ property, steps }) => [property, steps]));
    rows.push({ change, agrees, steps });
  }
  return rows;
}

/** The promises that no change of the catalogue breaks or repairs. */
export function neverBroken(spec: Spec): readonly string[] {
  const broken = Object.values(spec.model.definition.changes).flatMap((change) => [
    ...(change.breaks ?? []),
    ...(change.repairs ?? []),
  ]);
  return spec.properties
    .filter(({ kind }) => kind !== 'reachable')
    .map(({ name }) => name)
    .filter((name) => !broken.includes(name));
}

/** Changes of kafka/replication whose runs take more than two seconds: checked by test/slow/kafka.slow.ts. */
export const slowChanges: readonly string[] = ['unfencedTruncation', 'newerFollowerServed'];

/** The same of kafka/cluster: test/slow/kafka-cluster.slow.ts. */
export const slowClusterChanges: readonly string[] = [
  'unfencedWrites',
  'requestsOfAnyController',
  'requestsInAnyOrder',
  'oldIncarnationLeads',
];
