import type { Fairness } from '../../language/model.ts';
import type { ActionInstance } from '../../space/transitions.ts';

/**
 * An assumption on runs, about some action instances taken together. Weak: if from some point on one of them is always
 * enabled, one of them is taken again and again. Strong: if one of them is enabled again and again, one of them is taken
 * again and again. Both count only steps that change the state, as TLA+ does in WF_vars(A) and SF_vars(A) (Lamport,
 * "Specifying Systems", section 8.4): what has no effect is neither enabled nor progress.
 */
export interface FairnessCondition {
  readonly strong: boolean;
  /** handle(1), or the name that several share. */
  readonly name: string;
}

/** The fairness of a model: by default each instance of an action stands for itself; those that share a name stand together. */
export class FairnessConditions {
  readonly conditions: readonly FairnessCondition[];
  /** By action instance: the number of its condition; -1 when nothing is assumed of it. */
  readonly of: Int32Array;
  private readonly instances: readonly ActionInstance[];

  constructor(instances: readonly ActionInstance[]) {
    const conditions: FairnessCondition[] = [];
    this.instances = instances;
    this.of = Int32Array.from(instances, ({ action, name: own }) => {
      const { kind, shared } = read(action.fairness);
      if (kind === 'none') return -1;
      const condition = { strong: kind === 'strong', name: shared ?? own };
      const known = conditions.findIndex(
        ({ strong, name }) => shared !== undefined && strong === condition.strong && name === condition.name,
      );
      return known >= 0 ? known : conditions.push(condition) - 1;
    });
    this.conditions = conditions;
  }

  get size(): number {
    return this.conditions.length;
  }

  /** What is assumed, in words, a sentence each. */
  get sentences(): readonly string[] {
    const names = { weak: new Set<string>(), strong: new Set<string>(), none: new Set<string>() };
    const together = { weak: new Map<string, Set<string>>(), strong: new Map<string, Set<string>>() };
    for (const { action } of this.instances) {
      const { kind, shared } = read(action.fairness);
      if (shared === undefined || kind === 'none') names[kind].add(action.name);
      else together[kind].set(shared, (together[kind].get(shared) ?? new Set()).add(action.name));
    }
    const when = {
      weak: 'taken again and again while enabled without a break',
      strong: 'taken again and again if enabled again and again',
    };
    return (['weak', 'strong'] as const).flatMap((kind) => [
      ...(names[kind].size === 0
        ? []
        : [
            `assuming that ${list(names[kind])} (each instance) ${names[kind].size === 1 ? 'is' : 'are'} ${when[kind]}`,
          ]),
      ...Array.from(
        together[kind],
        ([name, actions]) => `assuming that ${name} (whichever of ${list(actions)}) is ${when[kind]}`,
      ),
    ]);
  }
}

function read(fairness: Fairness = 'none'): { kind: 'weak' | 'strong' | 'none'; shared: string | undefined } {
  if (typeof fairness === 'string') return { kind: fairness, shared: undefined };
  return 'weak' in fairness
    ? { kind: 'weak', shared: fairness.weak }
    : { kind: 'strong', shared: fairness.strong };
}

function list(names: Iterable<string>): string {
  return [...names].join(', ');
}
