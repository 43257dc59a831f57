import type { Json, Trace } from './format.ts';

/** The values by member, state after state: one more than steps; none where there is no run. */
export function statesOf({ initial, steps }: Trace): readonly ReadonlyMap<string, Json>[] {
  if (initial === null) return [];
  let state: ReadonlyMap<string, Json> = new Map(Object.entries(initial));
  return [
    state,
    ...steps.map(({ changes }) => {
      state = new Map([...state, ...changes.map(({ component, after }) => [component, after] as const)]);
      return state;
    }),
  ];
}
