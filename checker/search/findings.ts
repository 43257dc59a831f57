import { type Configuration, isChecked } from '../language/configure.ts';
import type { Failure } from '../space/state-checks.ts';
import type { Snapshot } from './checkpoint/snapshot.ts';
import type { Path } from './path.ts';
import type { PropertyReport, PropertyResult, Violation, Witness } from './result.ts';

/** Collects what a search finds: the first violation of each property, witnesses, and at the end a report for each. */
export class Findings {
  readonly violations: Violation[] = [];
  readonly witnesses: Witness[] = [];
  private readonly configuration: Configuration;
  /** Whether all temporal properties that apply were put to the test. */
  temporalChecked = false;
  private readonly violated = new Set<string>();

  constructor(configuration: Configuration) {
    this.configuration = configuration;
  }

  /** Whether a violation of this property is known already (of equal or smaller length). */
  knows(property: string): boolean {
    return this.violated.has(property);
  }

  /** What a checkpoint keeps of them. */
  get kept(): Pick<Snapshot, 'violations' | 'witnesses'> {
    const path = ({ states, steps }: Path): Snapshot['witnesses'][number]['path'] => ({
      states: states.map((state) => [...state]),
      steps: steps.map(({ instance, label }) => ({ instance, label })),
    });
    return {
      violations: this.violations.map(({ property, instance, sentence, kind, path: run }) => {
        return { property, instance, sentence, kind, ...(run && { path: path(run) }) };
      }),
      witnesses: this.witnesses.map(({ property, path: run }) => ({ property, path: path(run) })),
    };
  }

  restore({ violations, witnesses }: Pick<Snapshot, 'violations' | 'witnesses'>): void {
    const path = ({ states, steps }: Snapshot['witnesses'][number]['path']): Path => {
      return { states: states.map((state) => Int32Array.from(state)), steps };
    };
    for (const { kind, path: run, ...failure } of violations) this.violation(kind, failure, run && path(run));
    for (const { property, path: run } of witnesses) this.witness(property, path(run));
  }

  /** The properties that are known to be violated, and the witnesses that are known to be reached. */
  get known(): readonly string[] {
    return [...this.violated, ...this.witnesses.map(({ property }) => property)];
  }

  violation(kind: Violation['kind'], failure: Failure, path: Path | undefined, loop?: number): void {
    if (this.violated.has(failure.property)) return;
    this.violated.add(failure.property);
    this.violations.push({ ...failure, kind, path, ...(loop === undefined ? {} : { loop }) });
  }

  /** The first (shortest) run to a witness; of a random search also how many runs reached it. */
  witness(property: string, path: Path, runs?: number): void {
    if (!this.reached(property)) {
      this.witnesses.push(runs === undefined ? { property, path } : { property, path, runs });
    }
  }

  private timesReached(property: string): number {
    const found = this.witnesses.find((witness) => witness.property === property);
    return found === undefined ? 0 : (found.runs ?? 1);
  }

  private reached(property: string): boolean {
    return this.witnesses.some((witness) => witness.property === property);
  }

  /** A complete search that did not reach a witness violates it. */
  closeWitnesses(): void {
    const { spec, params } = this.configuration;
    for (const property of spec.properties) {
      if (property.kind === 'reachable' && isChecked(property, params) && !this.reached(property.name)) {
        this.violation(
          'reachable',
          { property: property.name, instance: '', sentence: 'no reachable state is one' },
          undefined,
        );
      }
    }
  }

  report(complete: boolean, armed: (number: number) => number, states: number): readonly PropertyReport[] {
    const { spec, params } = this.configuration;
    const reports = spec.properties.map((property, number): PropertyReport => {
      const { name, kind } = property;
      if (!isChecked(property, params)) return { name, kind, result: 'unchecked', premise: 0 };
      if (kind === 'reachable') {
        const result = this.reached(name) ? 'reached' : complete ? 'unreached' : 'unchecked';
        return { name, kind, result, premise: this.timesReached(name) };
      }
      const looked = complete && (kind !== 'temporal' || this.temporalChecked);
      return { name, kind, result: this.resultOf(name, looked), premise: armed(number) };
    });
    const { deadlock } = spec.model.definition;
    if (deadlock === 'allowed') return reports;
    const result = this.resultOf('deadlock', complete);
    return [...reports, { name: 'deadlock', kind: 'deadlock', result, premise: states }];
  }

  private resultOf(name: string, complete: boolean): PropertyResult {
    return this.violated.has(name) ? 'violated' : complete ? 'holds' : 'unchecked';
  }
}
