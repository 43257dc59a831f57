const FULL = 64;
const SPARSE = 64;

/** Whether the `n`th evaluation (from 1) of a piece of model code is made twice, to see that it is pure. */
export function sampled(n: number): boolean {
  return n <= FULL || n % SPARSE === 0;
}
