#!/usr/bin/env node
import { Exit } from './exit-code.ts';
import { describe, run } from './run.ts';

// Where the command meets the process: streams, signals, and faults that nothing else caught.

const interrupt = new AbortController();

const crash = (error: unknown): void => {
  process.stderr.write(`fencepost: internal error: ${describe(error)}\n`);
  process.exit(Exit.internal);
};
process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);

// The first Ctrl-C ends the search at its next pause and shows what is known; the second one ends everything.
process.on('SIGINT', () => {
  if (interrupt.signal.aborted) process.exit(Exit.stopped);
  interrupt.abort();
});

// `fencepost ... | head`: a reader that has seen enough is no error, and what nobody reads needs no further search.
let readersGone = false;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') crash(error);
  readersGone = true;
  interrupt.abort();
});
process.stderr.on('error', () => {});

const { NO_COLOR, FORCE_COLOR } = process.env;
const forced = FORCE_COLOR !== undefined && FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';

process.exitCode = await run(process.argv.slice(2), {
  out: (text) => {
    if (!readersGone) process.stdout.write(text);
  },
  err: (text) => {
    process.stderr.write(text);
  },
  width: process.stdout.columns ?? 100,
  color: forced || (process.stdout.isTTY && !NO_COLOR && process.env.TERM !== 'dumb'),
  progress: process.stderr.isTTY,
  signal: interrupt.signal,
});
