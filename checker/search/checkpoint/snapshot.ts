import { z } from 'zod';

const vector = z.array(z.number());
const path = z.strictObject({
  states: z.array(vector),
  steps: z.array(z.strictObject({ instance: z.number(), label: z.string() })),
});
const violation = z.strictObject({
  property: z.string(),
  instance: z.string(),
  sentence: z.string(),
  kind: z.enum(['always', 'step', 'reachable', 'temporal', 'deadlock']),
  path: path.optional(),
});

/** A search between two states: all but the values, the states and the transitions. Vectors are lists of ids. */
export const Snapshot = z.strictObject({
  depth: z.number(),
  /** Of the level that is being expanded: the number of its first state, and the number after its last. */
  levelStart: z.number(),
  levelEnd: z.number(),
  distinct: z.number(),
  generated: z.number(),
  cut: z.number(),
  deadlocks: z.number(),
  expanded: z.number(),
  taken: z.array(z.number()),
  armedByStates: z.array(z.number()),
  armedBySteps: z.array(z.number()),
  violations: z.array(violation),
  witnesses: z.array(z.strictObject({ property: z.string(), path })),
});
export type Snapshot = z.infer<typeof Snapshot>;
