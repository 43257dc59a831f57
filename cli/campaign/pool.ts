import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Answer, type Ask } from './ask.ts';

/** A worker that dies in the middle of a cell is replaced, and the cell tried again, so many times in all. */
const ATTEMPTS = 3;

/** The worker as it runs beside this file or, where only a loader could run that, as it was built. */
function entry(): string {
  const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
  if (import.meta.url.endsWith('.js')) return at('../campaign-worker.js');
  const built = at('../../dist/cli/campaign-worker.js');
  const loader = process.execArgv.some((argument) => argument.includes('tsx'));
  return loader || !existsSync(built) ? at('../campaign-worker.ts') : built;
}

/** One worker process at a time, started when it is first asked and again after it died. */
export class Worker {
  private process: ChildProcess | undefined;

  /** @throws Error when the process died as often as may be */
  async ask(what: Ask): Promise<Answer> {
    let died = '';
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const said = await this.tell(what);
      if (typeof said !== 'string') return said;
      died = said;
    }
    throw new Error(`its process died ${ATTEMPTS} times (${died})`);
  }

  end(): void {
    this.process?.removeAllListeners();
    this.process?.kill('SIGKILL');
    this.process = undefined;
  }

  /** The answer, or how the process died. */
  private tell(what: Ask): Promise<Answer | string> {
    const child = this.process ?? this.start();
    return new Promise((resolve) => {
      const done = (said: Answer | string): void => {
        child.off('message', onMessage).off('exit', onExit);
        resolve(said);
      };
      const onMessage = (message: unknown): void => done(Answer.parse(message));
      const onExit = (code: number | null, signal: string | null): void => {
        this.process = undefined;
        done(signal ?? `exit code ${code}`);
      };
      child.on('message', onMessage).on('exit', onExit);
      child.send(what, (error) => {
        if (error !== null) child.kill('SIGKILL'); // it is about to die, or dead: `exit` tells
      });
    });
  }

  private start(): ChildProcess {
    this.process = fork(entry(), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    return this.process;
  }
}
