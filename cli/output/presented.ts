import type { Request } from '../../checker/language/configure.ts';
import type { Seen } from '../../checker/search/visited.ts';
import type { Space } from '../../checker/space/space.ts';
import type { SearchJson } from '../json.ts';
import type { Outcome } from './verdict.ts';

/** A search that has ended, and how to ask for it again. */
export interface Presented extends Outcome {
  readonly space: Space;
  readonly search: SearchJson['search'];
  /** What a user types for the model. */
  readonly argument: string;
  readonly request: Request;
  /** The other options that the same search needs. */
  readonly again: readonly string[];
  /** The folder of its checkpoint. */
  readonly kept?: string | undefined;
  /** The states that were visited, for the long report. */
  readonly seen?: Seen | undefined;
}
