/** What a command may touch of the process: tests hand in their own. */
export interface Io {
  /** Standard output. */
  out(text: string): void;
  /** Standard error. */
  err(text: string): void;
  /** Columns to fit a text into. */
  readonly width: number;
  /** Whether standard output takes colours. */
  readonly color: boolean;
  /** Whether standard error is a terminal, where progress is shown. */
  readonly progress: boolean;
  /** Aborted by Ctrl-C, or when nobody reads standard output any more. */
  readonly signal: AbortSignal;
}
