import type { Space } from '../space/space.ts';
import type { Seen } from './visited.ts';

/** A number that is never above what it is in an initial state, and comes to 0: what may happen so many times. */
export interface Budget {
  /** How its component is shown: budget(crashes). */
  readonly name: string;
  /** In an initial state; of several, the largest. */
  readonly given: number;
  /** The states in which it is 0. */
  readonly spent: number;
}

/** The budgets among the components, in order of declaration, over all states that were visited. */
export function budgets({ layout, initial }: Space, seen: Seen): readonly Budget[] {
  const numbers = layout.slots.filter(({ index, domain }) =>
    initial.every((state) => Number.isInteger(domain.value(state[index] as number))),
  );
  const times = numbers.map(() => new Map<number, number>());
  const vector = new Int32Array(layout.slots.length);
  for (let state = 0; state < seen.count; state++) {
    seen.read(state, vector);
    for (const [i, { index }] of numbers.entries()) {
      const counts = times[i] as Map<number, number>;
      const id = vector[index] as number;
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  return numbers.flatMap(({ name, index, domain }, i): Budget[] => {
    const given = Math.max(...initial.map((state) => domain.value(state[index] as number) as number));
    const values = [...(times[i] ?? [])].map(([id, states]) => ({ value: domain.value(id), states }));
    const spent = values.find(({ value }) => value === 0)?.states;
    const isBudget = values.every(({ value }) => typeof value === 'number' && value >= 0 && value <= given);
    return spent !== undefined && isBudget ? [{ name, given, spent }] : [];
  });
}
