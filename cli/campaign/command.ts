import type { Cell } from '../../checker/campaign/grid.ts';
import { designOptions } from '../output/command-line.ts';

/** The words that make a cell's run, after `fencepost`; `seconds` takes the place of the cell's own. */
export function wordsOf({ model, set, changes, search }: Cell, seconds?: number): readonly string[] {
  const [command = 'check', bounds = {}] = Object.entries(search)[0] ?? [];
  const limits = Object.entries({ ...bounds, ...(seconds === undefined ? {} : { seconds }) });
  return [
    command,
    model,
    ...designOptions({ set, changes }),
    ...limits.flatMap(([name, value]) => [`--${name}`, `${value}`]),
  ];
}
