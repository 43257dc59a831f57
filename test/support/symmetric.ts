import fc from 'fast-check';
import { expect } from 'vitest';
import { configure, type Request } from '../../checker/language/configure.ts';
import type { Spec } from '../../checker/language/index.ts';
import { Permutations } from '../../checker/space/permutations.ts';
import { Space } from '../../checker/space/space.ts';
import { Successors } from '../../checker/space/successors.ts';

/**
 * That the declared symmetry of a model is one, on random runs: what each action may do after two members have changed places
 * is what it may do before, with the two exchanged; and initial states, constraint and properties see no difference.
 */
export function expectSymmetric(spec: Spec, request: Request = {}, runs = 30, steps = 25): void {
  const space = new Space(configure(spec, request));
  const permutations = new Permutations(space);
  const exchanges = permutations.exchanges();
  const permuted = (vector: Int32Array, by: number): Int32Array => {
    const into = new Int32Array(vector.length);
    permutations.apply(vector, exchanges[by % exchanges.length] ?? expect.fail('one member alone'), into);
    return into;
  };
  const initial = space.initial.map((vector) => vector.join());
  for (const [by] of exchanges.entries()) {
    expect(space.initial.map((vector) => permuted(vector, by).join()).toSorted()).toEqual(initial.toSorted());
  }
  const successors = new Successors();
  const after = (vector: Int32Array): { action: string; state: Int32Array }[] => {
    space.transitions.expand(vector, successors);
    return Array.from({ length: successors.count }, (_, i) => {
      const state = Int32Array.from(vector);
      successors.applyTo(state, i);
      return { action: space.transitions.instances[successors.instance.at(i)]?.action.name ?? '', state };
    });
  };
  const judge = (vector: Int32Array): readonly string[] => [
    ...new Set(space.states.failures(vector).map(({ property }) => property)),
    ...space.states.witnessed(vector),
    `${space.states.within(vector)} ${space.states.isExpectedEnd(vector)}`,
  ];
  fc.assert(
    fc.property(fc.nat(), fc.array(fc.nat(), { minLength: steps, maxLength: steps }), (start, draws) => {
      let vector = space.initial[start % space.initial.length] as Int32Array;
      for (const draw of draws) {
        const other = permuted(vector, draw);
        expect(judge(other).toSorted()).toEqual(judge(vector).toSorted());
        const next = after(vector);
        const here = next.map(({ action, state }) => `${action} ${permuted(state, draw).join()}`);
        const there = after(other).map(({ action, state }) => `${action} ${state.join()}`);
        expect([...new Set(there)].toSorted()).toEqual([...new Set(here)].toSorted());
        const taken = next[Math.floor(draw / exchanges.length) % Math.max(1, next.length)];
        if (taken === undefined) return;
        vector = taken.state;
      }
    }),
    { numRuns: runs },
  );
}
