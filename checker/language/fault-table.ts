import type { AnyParams } from './model.ts';

/** One way to set something up, in the words of whoever runs the system. */
export interface Setting {
  readonly says: string;
  readonly set?: AnyParams;
  readonly changes?: readonly string[];
}

/** What a spec declares, as its module's export `faults`, to be asked how many faults its settings survive. */
export interface FaultTable {
  /** What must hold for nothing to be lost. */
  readonly properties: readonly string[];
  /** What is lost, in words. */
  readonly loss: string;
  /** Parameters that bound how often a fault happens, each with the name of one. All others stay as they are. */
  readonly faults: Readonly<Record<string, string>>;
  /** Parameters of every cell. */
  readonly set: AnyParams;
  /** The columns, by title; a row is a choice of each. */
  readonly settings: Readonly<Record<string, readonly Setting[]>>;
  /**
   * The same parameters with those reset that change nothing beside the others, so that equal searches are made once. Must
   * not change any behaviour.
   */
  readonly plain?: (set: AnyParams) => AnyParams;
  /** Rows that say the same as another one, or nothing. */
  readonly leaveOut?: (set: AnyParams) => boolean;
}
