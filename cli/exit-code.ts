/** What the command answers to the shell. Node's own 1 on an uncaught throw must never pass for `violated`. */
export const Exit = {
  /** Holds, passed, reached, as declared. */
  ok: 0,
  /** A property is violated, a declared row is not as found, a log is contradicted. */
  violated: 1,
  /** Bad input, or a fault of the model. */
  badInput: 2,
  /** Stopped at a limit or by Ctrl-C with no violation found. */
  stopped: 3,
  internal: 70,
} as const;

export type ExitCode = (typeof Exit)[keyof typeof Exit];

/** The code of several runs together: a violation outweighs a fault, a fault outweighs a stop. */
export function worst(codes: readonly ExitCode[]): ExitCode {
  const order: readonly ExitCode[] = [Exit.internal, Exit.violated, Exit.badInput, Exit.stopped];
  return order.find((code) => codes.includes(code)) ?? Exit.ok;
}
