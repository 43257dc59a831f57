import { CommanderError } from 'commander';
import { ModelError, UsageError } from '../checker/language/errors.ts';
import { LogError } from '../conformance/log-error.ts';
import { UserError } from './errors.ts';
import { Exit, type ExitCode } from './exit-code.ts';

/** What to tell the user of something that was thrown, and the exit code for it. */
export interface Fault {
  readonly message: string;
  readonly code: ExitCode;
}

const expected = [UserError, UsageError, ModelError, LogError, CommanderError];

/** Bad input and faulty models in one sentence; anything else is ours to find, so with its stack. */
export async function faultOf(error: unknown): Promise<Fault> {
  if (expected.some((kind) => error instanceof kind)) {
    return { message: sentence(error as Error) + (await whereOf(error)), code: Exit.badInput };
  }
  const { userPosition } = await import('./user-module.ts');
  const at = userPosition(error);
  if (at !== undefined) {
    return {
      message: `${at.file} fails (line ${at.line}): ${sentence(error as Error)}`,
      code: Exit.badInput,
    };
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { message: `internal error: ${text}`, code: Exit.internal };
}

/** The line of a user's file whose code threw, where the fault is that. */
async function whereOf(error: unknown): Promise<string> {
  if (!(error instanceof ModelError) || error.cause === undefined) return '';
  const { userPosition } = await import('./user-module.ts');
  const at = userPosition(error.cause);
  return at === undefined ? '' : ` (${at.file}, line ${at.line})`;
}

function sentence({ message }: Error): string {
  return message
    .replace(/^error: /, '')
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim();
}
