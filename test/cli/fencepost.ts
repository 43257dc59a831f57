import { join } from 'node:path';
import { root } from '../house/project-files.ts';

/** Runs the command in this process, which is much quicker than a process of its own. */
export { type Ran, runCaptured as fencepost } from '../../cli/run-captured.ts';

/** The path of a model in test/fixtures/models. */
export function fixture(name: string): string {
  return join(root, 'test/fixtures/models', name);
}
