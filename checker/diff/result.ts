import type { Path } from '../search/path.ts';
import type { PropertyReport, PropertyResult, SearchResult } from '../search/result.ts';
import type { Space } from '../space/space.ts';

/** One design with its complete search. */
export interface Side {
  readonly space: Space;
  readonly result: SearchResult;
}

/** What was found of a property on one side; undefined where that side does not have it. */
export interface SideReport {
  readonly result: PropertyResult;
  /** Of the shortest run that violates or reaches it. */
  readonly steps: number | undefined;
}

export interface PropertyDiff {
  readonly name: string;
  readonly kind: PropertyReport['kind'];
  readonly before: SideReport | undefined;
  readonly after: SideReport | undefined;
}

/** A run of one side that the other side cannot make. */
export interface Behaviour {
  readonly path: Path;
  /** Why the other side cannot take the last step, where steps are compared. */
  readonly otherwise: string | undefined;
}

/** The same steps, after which the two sides are in different states. */
export interface Parting {
  readonly before: Path;
  readonly after: Path;
  /** The components that differ: server(3), inbox(3). */
  readonly components: readonly string[];
}

export interface DesignDiff {
  readonly before: Side;
  readonly after: Side;
  readonly properties: readonly PropertyDiff[];
  /** The shortest run that only the design after can make; undefined when there is none or none was found. */
  readonly gained: Behaviour | undefined;
  /** The shortest run that only the design before can make. */
  readonly lost: Behaviour | undefined;
  /**
   * Where the design after repairs an invariant: the shortest lost run that violates nothing, and that can go on to its
   * end, or for ever, without violating anything. Undefined when there is none or nobody looked.
   */
  readonly lostThoughLegal: Behaviour | undefined;
  /** Whether the lost runs were looked through for one that is legal. */
  readonly legalityKnown: boolean;
  /** The first common steps that lead to different states; undefined when there are none, or states cannot be compared. */
  readonly parting: Parting | undefined;
  /** Whether both sides have the same components. */
  readonly comparable: boolean;
  /** Components that were observed; undefined when steps are compared. */
  readonly observed: readonly string[] | undefined;
  /** Why not all behaviours were compared. */
  readonly stoppedBy: string | undefined;
  /** Pairs of states, or of sets of states, that the comparison went through. */
  readonly pairs: number;
}

const isGood = (side: SideReport | undefined): boolean =>
  side?.result === 'holds' || side?.result === 'reached';
export const isBad = (side: SideReport | undefined): boolean =>
  side?.result === 'violated' || side?.result === 'unreached';

/** Properties that hold before and not after. */
export const broken = ({ properties }: Pick<DesignDiff, 'properties'>): readonly PropertyDiff[] =>
  properties.filter(({ before, after }) => isGood(before) && isBad(after));

/** Properties that hold after and not before. */
export const repaired = ({ properties }: Pick<DesignDiff, 'properties'>): readonly PropertyDiff[] =>
  properties.filter(({ before, after }) => isBad(before) && isGood(after));
