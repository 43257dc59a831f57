import { isDeepStrictEqual } from 'node:util';
import { type Configuration, configure, type Request } from '../../checker/language/configure.ts';
import { ModelError, type Spec } from '../../checker/language/index.ts';
import { breadthFirst } from '../../checker/search/breadth-first.ts';
import type { Path } from '../../checker/search/path.ts';
import type { SearchResult } from '../../checker/search/result.ts';
import { Space, type SpaceOptions } from '../../checker/space/space.ts';
import type { ModelTree } from './ast.ts';
import { specOfTree } from './interpret.ts';
import { Fault, Naive, type NaiveResult, type State, text } from './naive.ts';

/** What one random model was like, so that a suite can show that its models are worth checking. */
export interface Compared {
  readonly tree: ModelTree;
  readonly outcome: 'same' | 'same fault' | 'too large';
  readonly expected: NaiveResult | undefined;
  readonly found: SearchResult | undefined;
}

const LIMIT = 500;

/** Checks a random model with both checkers, in each way there is. @throws Error when they differ */
export async function compare(given: ModelTree): Promise<Compared> {
  let tree = given;
  let configuration = configurationOf(tree);
  let naive = new Naive(configuration);
  let expected: NaiveResult | undefined;
  try {
    expected = naive.explore(true, LIMIT);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    await expectFault(configuration, error);
    return { tree, outcome: 'same fault', expected, found: undefined };
  }
  if (expected === undefined) return { tree, outcome: 'too large', expected, found: undefined };
  if (tree.avoid !== undefined && expected.distinct > 1) {
    const state = Object.entries(naive.far(tree.avoid, LIMIT));
    tree = { ...tree, properties: [...tree.properties, { is: 'never', state }] };
    configuration = configurationOf(tree);
    naive = new Naive(configuration);
    expected = naive.explore(true, LIMIT);
  }
  const found = await expectSame(naive, configuration, expected, true);
  await expectSame(naive, configuration, expected, true, { memoFloor: 0 }); // forgets after every state
  await expectSame(naive, configuration, expected, true, { memoFloor: 16_000 });
  await expectSame(naive, configuration, naive.explore(false, LIMIT), false);
  return { tree, outcome: 'same', expected, found };
}

/** Checks a model of the house with both checkers, if it has at most so many states. Answers whether it has. */
export async function compareModel(spec: Spec, request: Request, limit: number): Promise<boolean> {
  // Liveness has an oracle of its own.
  const properties = spec.properties.filter(({ kind }) => kind !== 'temporal');
  const configuration = configure({ ...spec, properties }, request);
  const naive = new Naive(configuration);
  const expected = naive.explore(true, limit);
  if (expected === undefined) return false;
  await expectSame(naive, configuration, expected, true);
  await expectSame(naive, configuration, naive.explore(false, limit), false);
  return true;
}

export function configurationOf(tree: ModelTree): Configuration {
  return configure(specOfTree(tree), tree.changed ? { changes: ['other'] } : {});
}

async function expectFault(configuration: Configuration, fault: Fault): Promise<void> {
  try {
    await breadthFirst(new Space(configuration), { all: true });
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    same('the faulty action', error.place.action, fault.action);
    same('the fault names model and component', Object.values(error.place).includes(undefined), false);
    return;
  }
  throw new Error(`no error, though ${fault.action} has one: ${fault.message}, ${fault.component}`);
}

async function expectSame(
  naive: Naive,
  configuration: Configuration,
  expected: NaiveResult | undefined,
  all: boolean,
  options: SpaceOptions = {},
): Promise<SearchResult> {
  if (expected === undefined) throw new Error('the search to the first violation is larger than the whole');
  const space = new Space(configuration, options);
  const found = await breadthFirst(space, all ? { all } : {});
  for (const key of ['distinct', 'generated', 'depth', 'cut', 'deadlocks', 'complete'] as const) {
    same(key, found[key], expected[key]);
  }
  const verdict = expected.violated.size > 0 ? 'violated' : 'holds';
  same('verdict', found.verdict, verdict);
  same('initial states', found.initial, naive.initial.length);
  same('steps by action', found.taken, expected.taken);
  const length = ({ path }: { path: Path | undefined }): number | undefined => path?.steps.length;
  same('violations', new Map(found.violations.map((v) => [v.property, length(v)])), expected.violated);
  same('witnesses', new Map(found.witnesses.map((w) => [w.property, length(w)])), expected.reached);
  const { spec, params } = configuration;
  for (const property of spec.properties) {
    const { name, kind } = property;
    const report = found.properties.find((other) => other.name === name);
    const [good, bad] = kind === 'reachable' ? ['reached', 'unreached'] : ['holds', 'violated'];
    const open =
      !expected.complete &&
      (kind === 'reachable' ? !expected.reached.has(name) : !expected.violated.has(name));
    const result =
      open || property.applies?.(params) === false ? 'unchecked' : expected.violated.has(name) ? bad : good;
    same(`result of ${name}`, report?.result, result);
    const armed = kind === 'reachable' ? Number(expected.reached.has(name)) : (expected.armed.get(name) ?? 0);
    same(`premise of ${name}`, report?.premise, armed);
  }
  for (const { property, kind, instance, sentence, path } of found.violations) {
    if (path === undefined) continue;
    const [before, last] = walk(path, naive, space);
    if (kind === 'deadlock') same('steps of a deadlock', naive.successors(last.to).length, 0);
    else {
      const judged = kind === 'step' ? naive.judge(before, last.step) : naive.judge(last.to);
      const told = judged.some((one) => isDeepStrictEqual(one, [property, instance, sentence]));
      same(`${property} ${instance} fails at the end: ${sentence}`, told, true);
    }
  }
  for (const { path } of found.witnesses) walk(path, naive, space);
  return found;
}

/** Follows a path with the naive checker: the state before the last step, and that step. */
function walk(
  path: Path,
  naive: Naive,
  space: Space,
): [State, { to: State; step: ReturnType<Naive['successors']>[number] | undefined }] {
  const states = path.states.map((vector) => space.valuesOf(vector));
  let before: State = {};
  let now = naive.initial.find((state) => text(state) === text(states[0])) as State;
  same('the first state of a run is initial', now === undefined, false);
  let step: ReturnType<Naive['successors']>[number] | undefined;
  for (const [i, { instance, label }] of path.steps.entries()) {
    const by = space.transitions.instances[instance]?.name;
    before = now;
    step = naive.successors(now).find((s) => s.by === by && s.label === label);
    same(`step ${i + 1}: ${by} ${label}`, text(states[i + 1]), step && text(step.to));
    now = step?.to as State;
  }
  return [before, { to: now, step }];
}

function same(what: string, found: unknown, expected: unknown): void {
  if (isDeepStrictEqual(found, expected)) return;
  const show = (value: unknown): string =>
    value instanceof Map ? JSON.stringify([...value]) : JSON.stringify(value);
  throw new Error(`${what}: the checker says ${show(found)}, the oracle ${show(expected)}`);
}
