#!/usr/bin/env node
import { Exit } from './exit-code.ts';
import { faultOf } from './faults.ts';
import { run } from './run.ts';

// Where the command meets the process: streams, signals, and faults that nothing else caught.

const interrupt = new AbortController();
let answered = false;

function exit(code: number): void {
  answered = true;
  process.exit(code);
}

const crash = async (error: unknown): Promise<void> => {
  const { message, code } = await faultOf(error);
  process.stderr.write(`fencepost: ${message}\n`);
  exit(code);
};
process.on('uncaughtException', (error) => void crash(error));
process.on('unhandledRejection', (error) => void crash(error));

// A model's file that exits, or waits for ever for nothing, must not answer in our place.
process.on('exit', () => {
  if (answered) return;
  process.stderr.write('fencepost: internal error: the process ended before the command did\n');
  process.exitCode = Exit.internal;
});

// The first Ctrl-C ends the search at its next pause and shows what is known; the second one ends everything.
process.on('SIGINT', () => {
  if (interrupt.signal.aborted) exit(Exit.stopped);
  interrupt.abort();
});

// `fencepost ... | head`: a reader that has seen enough is no error, and what nobody reads needs no further search.
let readersGone = false;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') void crash(error);
  readersGone = true;
  interrupt.abort();
});
process.stderr.on('error', () => {});

const { FORCE_COLOR, NO_COLOR, TERM } = process.env;
const forced = FORCE_COLOR !== undefined && FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';

process.exitCode = await run(process.argv.slice(2), {
  out: (text) => {
    if (!readersGone) process.stdout.write(text);
  },
  err: (text) => {
    process.stderr.write(text);
  },
  width: process.stdout.columns ?? 100,
  color: forced || (process.stdout.isTTY && !NO_COLOR && TERM !== 'dumb'),
  progress: process.stderr.isTTY,
  signal: interrupt.signal,
});
answered = true;
