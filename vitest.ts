// The public entry 'fencepost/vitest': matchers that check a model in a test of one's own.
//
//   import 'fencepost/vitest';
//   await expect(election).toHold({ set: { crashes: 1 } });
//   await expect(election).toViolate('roundHonesty', { within: 9, with: ['roundIgnored'] });
import { expect } from 'vitest';
import {
  type Expectation,
  expectHolds,
  expectViolation,
  type Judgement,
} from './checker/search/expectation.ts';

interface ModelMatchers<T> {
  /** Every state is visited and every property that applies holds. The failure's message tells the counterexample. */
  toHold(expectation?: Expectation): Promise<T>;
  /** The property is violated, by a shortest run of at most `within` steps where that is given. */
  toViolate(property: string, expectation?: Expectation & { readonly within?: number }): Promise<T>;
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: as vitest declares it
  interface Matchers<T = any> extends ModelMatchers<T> {}
}

const answer = ({ pass, message }: Judgement) => ({ pass, message: () => message });

expect.extend({
  async toHold(received: unknown, expectation?: Expectation) {
    return answer(await expectHolds(received, expectation));
  },
  async toViolate(received: unknown, property: string, expectation?: Expectation & { within?: number }) {
    return answer(await expectViolation(received, property, expectation));
  },
});

export type { Expectation };
