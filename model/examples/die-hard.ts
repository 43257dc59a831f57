import { z } from 'zod';
import { defineModel, single } from '../../checker/language/index.ts';

/** Two jugs, a tap and a drain (tlaplus/Examples, DieHard): can the big jug hold exactly four litres? */
export const dieHard = defineModel('examples/die-hard', {
  about: 'Measure four litres with a jug of three and a jug of five',
  params: z.strictObject({
    small: z.int().min(1).max(50).default(3).describe('litres in the small jug'),
    big: z.int().min(1).max(50).default(5).describe('litres in the big jug'),
  }),
})
  .changes({
    jugOfSix: {
      about: 'With jugs of three and six litres every amount is a multiple of three',
      source: 'seeded',
      set: { big: 6 },
      breaks: ['fourLitres'],
    },
  })
  .components((p) => ({
    small: single(z.int().min(0).max(p.small)),
    big: single(z.int().min(0).max(p.big)),
  }))
  .init(() => ({ small: 0, big: 0 }))
  .action('fillSmall', { next: (s, _, p) => [s.small.set(p.small)], says: () => 'the small jug is filled' })
  .action('fillBig', { next: (s, _, p) => [s.big.set(p.big)], says: () => 'the big jug is filled' })
  .action('emptySmall', { next: (s) => [s.small.set(0)], says: () => 'the small jug is emptied' })
  .action('emptyBig', { next: (s) => [s.big.set(0)], says: () => 'the big jug is emptied' })
  .action('smallToBig', {
    next(s, _, p) {
      const poured = Math.min(s.small.value, p.big - s.big.value);
      return [s.small.set(s.small.value - poured), s.big.set(s.big.value + poured)];
    },
    says: () => 'the small jug is poured into the big one',
  })
  .action('bigToSmall', {
    next(s, _, p) {
      const poured = Math.min(s.big.value, p.small - s.small.value);
      return [s.big.set(s.big.value - poured), s.small.set(s.small.value + poured)];
    },
    says: () => 'the big jug is poured into the small one',
  });
