import type { Update } from '../../checker/language/index.ts';

/** How often each kind of fault may still happen. */
interface Budgets<Kind extends string> {
  readonly budget: (kind: Kind) => { readonly value: number; readonly set: (value: number) => Update };
}

export const spend = <Kind extends string>(s: Budgets<Kind>, kind: Kind): Update =>
  s.budget(kind).set(s.budget(kind).value - 1);
export const spent = <Kind extends string>(s: Budgets<Kind>, kind: Kind): boolean =>
  s.budget(kind).value === 0;
