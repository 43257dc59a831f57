import { z } from 'zod';
import { anyOf, defineModel, family, range, ref, single } from '../../checker/language/index.ts';

const colors = ['blue', 'red', 'yellow'] as const;
const Color = z.enum([...colors, 'faded']);
type Color = z.infer<typeof Color>;

/**
 * Creatures meet in pairs and both change colour, until there were enough meetings and they fade (tlaplus/Examples,
 * Chameneos; Kaiser and Pradat-Peyre, "Chameneos, a concurrency game for Java, Ada and others"). The module's action
 * Meet has three branches, here an action each.
 */
export const chameneos = defineModel('examples/chameneos', {
  about: 'Creatures change colour two by two until they have met often enough',
  params: z.strictObject({
    creatures: z.int().min(2).max(5).default(4),
    meetings: z.int().min(1).max(5).default(4).describe('meetings after which the creatures fade'),
  }),
})
  .rules({
    /** The colour of both after a meeting: their common one, or the one that neither has. */
    complement: (a: Color, b: Color): Color =>
      a === b ? a : (colors.find((color) => color !== a && color !== b) ?? 'faded'),
    canMeet: (creature: number, waiting: number): boolean => creature !== waiting,
  })
  .changes({
    meetsItself: {
      about: 'A creature does not notice that it is itself who waits',
      source: 'seeded',
      rules: { canMeet: () => true },
      breaks: ['meetingsAddUp'],
      at: { creatures: 2, meetings: 1 },
    },
  })
  .components((p) => ({
    creature: family(range(p.creatures), z.strictObject({ color: Color, met: z.int().min(0) })),
    waiting: single(ref('creature').nullable()),
    meetings: single(z.int().min(0)),
  }))
  .init(() => ({
    creature: anyOf(colors.map((color) => ({ color, met: 0 }))),
    waiting: null,
    meetings: 0,
  }))
  .action('enter', {
    each: (p) => range(p.creatures),
    next(s, i, p) {
      if (s.creature(i).get('color') === 'faded') return;
      if (s.waiting.value !== null || s.meetings.value >= p.meetings) return;
      return [s.waiting.set(i)];
    },
    says: (i) => `creature ${i} waits in the meeting place`,
  })
  .action('fade', {
    each: (p) => range(p.creatures),
    next(s, i, p) {
      if (s.creature(i).get('color') === 'faded') return;
      if (s.waiting.value !== null || s.meetings.value < p.meetings) return;
      return [s.creature(i).patch({ color: 'faded' })];
    },
    says: (i) => `creature ${i} fades`,
  })
  .action('meet', {
    each: (p) => range(p.creatures),
    next(s, i, _, { canMeet, complement }) {
      const own = s.creature(i).value;
      const waiting = s.waiting.value;
      if (own.color === 'faded' || waiting === null || !canMeet(i, waiting)) return;
      const other = s.creature(waiting).value;
      const color = complement(own.color, other.color);
      return [
        s.creature(i).set({ color, met: own.met + 1 }),
        s.creature(waiting).set({ color, met: other.met + 1 }),
        s.waiting.set(null),
        s.meetings.set(s.meetings.value + 1),
      ];
    },
    says: (i, { before, after }) =>
      `creature ${i} meets creature ${before.waiting.value}; both are ${after.creature(i).value.color} now`,
  })
  .deadlock((s, p) => range(p.creatures).every((i) => s.creature(i).value.color === 'faded'));
