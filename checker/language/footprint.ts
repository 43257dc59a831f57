import type { Key } from './components.ts';

/** A component, all members of a family, or one member: 'crashes', 'server', ['server', 2], ['channel', 0, 1]. */
export type Place<Names extends string = string> = Names | readonly [Names, ...Key[]];

/**
 * All that an action instance may ever look at and change, in any state. What it changes by an operation, such as a send, need
 * not be among what it reads. The checker holds the action to it: to leave it is an error.
 */
export interface Footprint<Names extends string = string> {
  readonly reads: readonly Place<Names>[];
  readonly writes: readonly Place<Names>[];
}
