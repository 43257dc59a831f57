import type { Change } from '../language/changes.ts';
import type { Request } from '../language/configure.ts';
import type { AnyParams } from '../language/model.ts';
import type { Spec } from '../language/properties.ts';
import { type Answer, ask, type Found, type Question } from './ask.ts';
import type { Limits } from './limits.ts';
import type { Progress } from './result.ts';

/** The model as it is, with the change, and with the change and the one that repairs it. */
export type Design = 'baseline' | 'changed' | 'fixed';

/** One thing that the catalogue declares of a design, and what a search finds. */
export interface Claim extends Found {
  readonly design: Design;
  readonly property: string;
  readonly expected: 'holds' | 'violated';
}

export interface Verified {
  readonly change: string;
  readonly about: string;
  readonly source: string;
  readonly at: AnyParams;
  readonly claims: readonly Claim[];
  /** States of the changed design that were visited; undefined when none had to be. */
  readonly distinct: number | undefined;
  /** What its searches took, that of the baseline with the first change that needs it. */
  readonly seconds: number;
  /** Whether everything is as declared; undefined when that could not be found out. */
  readonly agrees: boolean | undefined;
  /** Why it could not. */
  readonly unchecked: string | undefined;
}

export interface VerifyOptions {
  /** Only these changes of the catalogue. */
  readonly changes?: readonly string[] | undefined;
  readonly signal?: Limits['signal'];
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Compares each change of the model's catalogue with what exhaustive searches find, at the change's own bounds. */
export async function* verify(spec: Spec, options: VerifyOptions = {}): AsyncGenerator<Verified> {
  const catalogue = Object.entries(spec.model.definition.changes);
  const chosen = catalogue.filter(([name]) => options.changes?.includes(name) ?? true);
  const verifier = new Verifier(
    spec,
    chosen.map(([, change]) => change),
    options,
  );
  for (const [name, change] of chosen) {
    if (options.signal?.aborted) return;
    yield await verifier.verify(name, change);
  }
}

class Verifier {
  private readonly spec: Spec;
  private readonly chosen: readonly Change[];
  private readonly options: VerifyOptions;
  private readonly baselines = new Map<string, Answer>();

  constructor(spec: Spec, chosen: readonly Change[], options: VerifyOptions) {
    this.spec = spec;
    this.chosen = chosen;
    this.options = options;
  }

  async verify(name: string, change: Change): Promise<Verified> {
    const { at = {}, fixedBy, breaks = [] } = change;
    const begin = performance.now();
    const { question, baseline } = questionsOf(change);
    const asked: [Design, Question, Answer][] = [
      ['changed', question, await this.ask({ set: at, changes: [name] }, question)],
      ['baseline', baseline, await this.baseline(at)],
    ];
    if (fixedBy !== undefined) {
      const holdAgain = { violated: [], hold: breaks };
      asked.push(['fixed', holdAgain, await this.ask({ set: at, changes: [name, fixedBy] }, holdAgain)]);
    }
    const claims = asked.flatMap(([design, { violated, hold }, answer]) => [
      ...violated.map((property) => claim(design, property, 'violated', answer)),
      ...hold.map((property) => claim(design, property, 'holds', answer)),
    ]);
    const distinct = asked[0]?.[2].distinct;
    const seconds = (performance.now() - begin) / 1000;
    const { about, source } = change;
    return { change: name, about, source, at, claims, distinct, seconds, ...judged(claims) };
  }

  /** The model as it is: changes with the same bounds share one search. */
  private async baseline(at: AnyParams): Promise<Answer> {
    const key = JSON.stringify(at);
    const known = this.baselines.get(key);
    if (known !== undefined) return known;
    const questions = this.chosen
      .filter((change) => JSON.stringify(change.at ?? {}) === key)
      .map((change) => questionsOf(change).baseline);
    const together = {
      violated: [...new Set(questions.flatMap(({ violated }) => violated))],
      hold: [...new Set(questions.flatMap(({ hold }) => hold))],
    };
    const answer = await this.ask({ set: at }, together);
    this.baselines.set(key, answer);
    return answer;
  }

  private ask(request: Request, question: Question): Promise<Answer> {
    return ask(this.spec, request, question, this.options);
  }
}

function questionsOf({ breaks = [], keeps = [], repairs = [] }: Change): {
  question: Question;
  baseline: Question;
} {
  return {
    question: { violated: breaks, hold: [...keeps, ...repairs] },
    baseline: { violated: repairs, hold: [...breaks, ...keeps] },
  };
}

function judged(claims: readonly Claim[]): Pick<Verified, 'agrees' | 'unchecked'> {
  const open = claims.filter(({ expected, found }) => found !== expected);
  if (claims.length === 0) return { agrees: undefined, unchecked: 'it declares no property' };
  if (open.length === 0) return { agrees: true, unchecked: undefined };
  // One plain disagreement counts, whatever else could not be found out.
  return open.some(({ why }) => why === undefined)
    ? { agrees: false, unchecked: undefined }
    : { agrees: undefined, unchecked: open[0]?.why };
}

function claim(design: Design, property: string, expected: Claim['expected'], answer: Answer): Claim {
  const unasked: Found = { found: 'unchecked', steps: undefined, why: undefined };
  return { design, property, expected, ...(answer.found.get(property) ?? unasked) };
}
