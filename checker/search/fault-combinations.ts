/** How often each fault may happen; those that may not are named too, with 0. */
export type Faults = Readonly<Record<string, number>>;

/** Every way to have `total` faults of these kinds, in the order of the kinds. */
export function* combinations(kinds: readonly string[], total: number): Generator<Faults> {
  const [kind, ...rest] = kinds;
  if (kind === undefined) {
    if (total === 0) yield {};
    return;
  }
  for (let times = total; times >= 0; times--) {
    for (const others of combinations(rest, total - times)) yield { [kind]: times, ...others };
  }
}
