import { CommanderError } from 'commander';
import { ModelError, UsageError } from '../checker/language/errors.ts';
import { LogError } from '../conformance/log-error.ts';
import { UserError } from './errors.ts';
import { Exit, type ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { type Call, program } from './program.ts';

/** Runs one command, `argv` being what follows `fencepost`, and answers its exit code. Never throws. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  const call: Call = { model: null, code: Exit.ok };
  try {
    await program(io, call).parseAsync([...argv], { from: 'user' });
    return call.code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return Exit.ok; // help and version
    if (error instanceof CommanderError && error.code === 'commander.help') return Exit.badInput; // help was printed
    const expected = isExpected(error);
    const message = expected ? sentence(error) : `internal error: ${describe(error)}`;
    if (argv.includes('--json')) io.out(`${await errorJson(argv[0], call.model, message)}\n`);
    io.err(`fencepost: ${message}\n`);
    return expected ? Exit.badInput : Exit.internal;
  }
}

/** Whether the user or the model is at fault, and one sentence says it all. */
function isExpected(error: unknown): error is Error {
  return (
    error instanceof UserError ||
    error instanceof UsageError ||
    error instanceof ModelError ||
    error instanceof LogError ||
    error instanceof CommanderError
  );
}

function sentence({ message }: Error): string {
  return message
    .replace(/^error: /, '')
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim();
}

/** An internal error is ours to find: with its stack. */
export function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function errorJson(
  command: string | undefined,
  model: string | null,
  message: string,
): Promise<string> {
  if (command !== 'check' && command !== 'simulate') return JSON.stringify({ verdict: 'error', message });
  const { searchError } = await import('./search-json.ts');
  return JSON.stringify(searchError(message, model, command === 'check' ? 'breadth-first' : 'random'));
}
