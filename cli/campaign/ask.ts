import { z } from 'zod';

/** What a worker is asked: the words of a command without --json, and the model that they are about. */
export const Ask = z.strictObject({ words: z.array(z.string()), model: z.string() });
export type Ask = z.infer<typeof Ask>;

/** And what it answers: everything the command printed, and where the model's properties are declared. */
export const Answer = z.strictObject({
  out: z.string(),
  err: z.string(),
  declaredAt: z.record(z.string(), z.strictObject({ file: z.string(), line: z.int() })),
});
export type Answer = z.infer<typeof Answer>;
