import { z } from 'zod';
import { type Configuration, configure, type Request } from '../language/configure.ts';
import { UsageError } from '../language/errors.ts';
import type { Spec } from '../language/properties.ts';
import { Space } from '../space/space.ts';
import { breadthFirst } from './breadth-first.ts';
import type { Limits } from './limits.ts';
import { only } from './only.ts';
import type { Progress } from './result.ts';

/** What becomes of the violation with a smaller value of one parameter, the others staying as they are. */
export type Fewer = 'holds' | 'stopped' | 'unchecked' | 'not possible';

/** A parameter that has to be larger than its least value. */
export interface Needed {
  readonly parameter: string;
  readonly value: number;
  /** By each smaller value. */
  readonly fewer: ReadonlyMap<number, Fewer>;
}

export interface Minimized {
  readonly property: string;
  /** The design with the smallest bounds. */
  readonly request: Request;
  readonly steps: number | undefined;
  readonly needed: readonly Needed[];
  /** Parameters that are at their least value. */
  readonly notNeeded: readonly string[];
  /** How many searches it took. */
  readonly searches: number;
}

export interface MinimizeOptions extends Pick<Limits, 'states' | 'signal'> {
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * The smallest bounds at which a property is still violated: lowers each whole number that the schema gives a least value, as
 * far as it goes, in the order of the parameters, until none can be lowered alone. Undefined when the property is not violated
 * to begin with. @throws UsageError, ModelError
 */
export async function minimize(
  spec: Spec,
  request: Request,
  property: string,
  options: MinimizeOptions = {},
): Promise<Minimized | undefined> {
  return new Minimizer(only(spec, [property]), request, property, options).run();
}

interface Tried {
  readonly violated: boolean;
  readonly steps: number | undefined;
  readonly fewer: Fewer;
}

class Minimizer {
  private readonly spec: Spec;
  private readonly request: Request;
  private readonly property: string;
  private readonly options: MinimizeOptions;
  private readonly tried = new Map<string, Tried>();

  constructor(spec: Spec, request: Request, property: string, options: MinimizeOptions) {
    this.spec = spec;
    this.request = request;
    this.property = property;
    this.options = options;
  }

  async run(): Promise<Minimized | undefined> {
    const { params } = configure(this.spec, this.request);
    const least = leastValues(this.spec, params);
    const values = new Map([...least.keys()].map((name) => [name, params[name] as number]));
    if (!(await this.try(values)).violated) return undefined;
    for (let lowered = true; lowered; ) {
      lowered = false;
      for (const [name, from] of least) {
        for (let value = from; value < (values.get(name) ?? from); value++) {
          if (!(await this.try(new Map([...values, [name, value]]))).violated) continue;
          values.set(name, value);
          lowered = true;
        }
      }
    }
    const { steps } = await this.try(values);
    const needed: Needed[] = [];
    for (const [parameter, value] of values) {
      const fewer = new Map<number, Fewer>();
      for (let less = least.get(parameter) ?? value; less < value; less++)
        fewer.set(less, (await this.try(new Map([...values, [parameter, less]]))).fewer);
      if (fewer.size > 0) needed.push({ parameter, value, fewer });
    }
    const notNeeded = [...values].filter(([name, value]) => value === least.get(name)).map(([name]) => name);
    const { property } = this;
    return {
      property,
      request: this.requestOf(values),
      steps,
      needed,
      notNeeded,
      searches: this.tried.size,
    };
  }

  private requestOf(values: ReadonlyMap<string, number>): Request {
    const { set, changes = [] } = this.request;
    return { set: { ...set, ...Object.fromEntries(values) }, changes };
  }

  private async try(values: ReadonlyMap<string, number>): Promise<Tried> {
    const key = JSON.stringify([...values]);
    const known = this.tried.get(key);
    if (known !== undefined) return known;
    const found = await this.search(values);
    this.tried.set(key, found);
    return found;
  }

  private async search(values: ReadonlyMap<string, number>): Promise<Tried> {
    let configuration: Configuration;
    try {
      configuration = configure(this.spec, this.requestOf(values));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      return { violated: false, steps: undefined, fewer: 'not possible' };
    }
    const result = await breadthFirst(new Space(configuration), this.options);
    const report = result.properties.find(({ name }) => name === this.property);
    const [violation] = result.violations;
    const checked = report !== undefined && report.result !== 'unchecked';
    const fewer = result.stoppedBy !== undefined ? 'stopped' : checked ? 'holds' : 'unchecked';
    return { violated: violation !== undefined, steps: violation?.path?.steps.length, fewer };
  }
}

/** The whole numbers among the parameters that a schema bounds from below, with that bound, where they are above it. */
function leastValues(spec: Spec, params: Configuration['params']): ReadonlyMap<string, number> {
  const least = new Map<string, number>();
  for (const [name, schema] of Object.entries(spec.model.definition.params.shape)) {
    const value = params[name];
    if (typeof value !== 'number') continue;
    const { type, minimum } = z.toJSONSchema(schema as z.ZodType, { unrepresentable: 'any' });
    if (type !== 'integer' || minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER) continue;
    if (value > minimum) least.set(name, minimum);
  }
  return least;
}
