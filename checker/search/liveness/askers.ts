import type { Bits } from './bits.ts';
import type { Work } from './work.ts';

/** Other threads, which ask the predicates of the temporal claims of the states while this one does something else. */
export interface Askers {
  /** Where the answers of each predicate go, by number: as `Claims` has it. */
  beginAsking(answers: readonly Bits[]): void;
  /** This thread helps until every state was asked. Answers false when something went wrong: then one thread has to ask. */
  endAsking(): Work<boolean>;
}
