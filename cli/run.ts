import { CommanderError } from 'commander';
import { Exit, type ExitCode } from './exit-code.ts';
import { faultOf } from './faults.ts';
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
    const { message, code } = await faultOf(error);
    if (argv.includes('--json')) io.out(`${await errorJson(argv[0], call.model, message)}\n`);
    io.err(`fencepost: ${message}\n`);
    return code;
  }
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
