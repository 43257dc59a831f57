import { conformFolder } from '../../conformance/conform-folder.ts';
import { formatReport } from '../../conformance/format-report.ts';
import { Exit, type ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';

export interface ConformOptions {
  readonly json?: boolean;
}

/** `fencepost conform <folder>`: whether the rules of the election explain the logs of a real ensemble. */
export async function conform(folder: string, options: ConformOptions, io: Io): Promise<ExitCode> {
  const report = await conformFolder(folder);
  io.out(`${options.json ? JSON.stringify(report) : formatReport(report)}\n`);
  return report.verdict === 'agrees' ? Exit.ok : Exit.violated;
}
