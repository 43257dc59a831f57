import { isChecked } from '../language/configure.ts';
import { UsageError } from '../language/errors.ts';
import { suggestion } from '../language/nearest.ts';
import { formatInstance } from '../space/layout.ts';
import type { Space } from '../space/space.ts';
import type { Failure } from '../space/state-checks.ts';
import { Successors } from '../space/successors.ts';
import type { Trace, TraceStep } from '../trace/format.ts';
import { stepName } from '../trace/headline.ts';
import { breaksClaim, lassoFault } from './liveness/check-lasso.ts';
import type { Path } from './path.ts';
import { Misfit, Recorded } from './recorded.ts';
import { whyNot } from './why-not.ts';

/** `replayed`: every step fits and the end shows what the trace says; `gone`: every step fits, but the end does not. */
export type ReplayVerdict = 'replayed' | 'misfit' | 'gone';

export interface ReplayResult {
  readonly verdict: ReplayVerdict;
  /** How many steps fit. */
  readonly steps: number;
  /** The step that does not fit: 1 is the first one, 0 the initial state. Undefined when all fit. */
  readonly misfit: number | undefined;
  /** What the model says today about the end of the run, if it is still a violation. */
  readonly failure: Failure | undefined;
  /** The outcome in one sentence. */
  readonly sentence: string;
}

/**
 * Takes the steps of a trace once more, and compares each state with the recorded one. Stops at the first misfit.
 * @throws UsageError for a trace of another model or without a run, ModelError for a fault of the model
 */
export function replay(space: Space, trace: Trace): ReplayResult {
  const { name } = space.configuration.spec.model;
  if (trace.model !== name) throw new UsageError(`the trace is one of ${trace.model}, not of ${name}.`);
  const { initial, steps } = trace;
  if (initial === null)
    throw new UsageError(`the trace has no run to replay: ${trace.property} was not reached.`);
  let at = 0;
  try {
    const recorded = new Recorded(space.layout, initial);
    recorded.checkInitial(space);
    let before = Int32Array.from(recorded.vector);
    const states = [before];
    const taken: Path['steps'][number][] = [];
    let last: Taken | undefined;
    for (const step of steps) {
      at++;
      if (at > 1 && space.states.constrained && !space.states.within(before))
        throw new Misfit('the state before it is out of the bounds of the model (within)');
      last = take(space, step, before);
      recorded.apply(step);
      const difference = recorded.differenceTo(last.after);
      if (difference !== undefined) throw new Misfit(`after ${stepName(step)} ${difference}`);
      before = last.after;
      states.push(before);
      taken.push({ instance: last.instance, label: step.label });
    }
    return ended(space, trace, { states, steps: taken }, last);
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    const where = at === 0 ? 'the initial state' : `step ${at} of ${steps.length}`;
    const sentence = `${where} does not fit: ${error.message}`;
    return { verdict: 'misfit', steps: Math.max(0, at - 1), misfit: at, failure: undefined, sentence };
  }
}

interface Taken {
  readonly instance: number;
  readonly label: number;
  readonly before: Int32Array;
  readonly after: Int32Array<ArrayBuffer>;
}

/** The recorded step, found in the model of today by its action, instance and label. */
function take(space: Space, step: TraceStep, before: Int32Array): Taken {
  const { outcomes } = space.transitions;
  const instance = instanceOf(space, step);
  const successors = new Successors();
  space.transitions.expand(before, successors);
  for (let i = 0; i < successors.count; i++) {
    const label = successors.label.at(i);
    if (successors.instance.at(i) !== instance || outcomes.labels[label] !== step.label) continue;
    const after = Int32Array.from(before);
    successors.applyTo(after, i);
    return { instance, label, before, after };
  }
  throw new Misfit(whyNot(space, instance, step.label, before));
}

function instanceOf({ transitions }: Space, step: TraceStep): number {
  const name = step.action + formatInstance(step.instance ?? undefined);
  const number = transitions.instances.findIndex((one) => one.name === name);
  if (number >= 0) return number;
  const actions = [...new Set(transitions.instances.map(({ action }) => action.name))];
  throw new Misfit(
    actions.includes(step.action)
      ? `the action ${step.action} has no instance ${name.slice(step.action.length) || 'without a key'}`
      : `the model has no action '${step.action}'.${suggestion(step.action, actions)}`,
  );
}

/** What the end of the run shows today. */
function ended(space: Space, trace: Trace, run: Path, last: Taken | undefined): ReplayResult {
  const { property, steps } = trace;
  const end = run.states[steps.length] as Int32Array;
  const fits = `all ${steps.length} steps fit`;
  const all = { steps: steps.length, misfit: undefined };
  const { spec, params } = space.configuration;
  if (trace.kind === 'behaviour') {
    const sentence = `${fits}: the design can make this run`;
    return { ...all, verdict: 'replayed', failure: undefined, sentence };
  }
  const declared = spec.properties.find(({ name }) => name === property);
  const gone = (why: string): ReplayResult => ({
    ...all,
    verdict: 'gone',
    failure: undefined,
    sentence: `${fits}, but ${why}`,
  });
  if (declared === undefined && property !== 'deadlock') {
    const known = suggestion(
      property,
      spec.properties.map(({ name }) => name),
    );
    return gone(`the model has no property '${property}'.${known}`);
  }
  if (declared && !isChecked(declared, params))
    return gone(`${property} is not checked under these parameters`);
  if (declared?.kind === 'temporal') {
    const { instance, loop, sentence } = trace;
    if (loop === null) return gone('the run ends, which says nothing of liveness');
    const fault = lassoFault(space, run, loop);
    if (fault !== undefined) return gone(fault);
    if (!breaksClaim(space, run, loop, property, instance))
      return gone(`${property}${instance} is not violated any more`);
    const failure = { property, instance, sentence };
    const still = `${fits}, the loop closes and is fair, and ${property}${instance} is still violated`;
    return { ...all, verdict: 'replayed', failure, sentence: still };
  }
  if (declared?.kind === 'reachable') {
    const there = space.states.witnessed(end).includes(property);
    const sentence = `${fits}, and ${property} is reached`;
    return there
      ? { ...all, verdict: 'replayed', failure: undefined, sentence }
      : gone(`${property} is not reached by it`);
  }
  const found = failures(space, end, last).filter((one) => one.property === property);
  const failure = found.find(({ instance }) => instance === trace.instance) ?? found[0];
  if (failure === undefined) return gone(`${property} is not violated any more`);
  const why = failure.sentence === '' ? '' : `: ${failure.sentence}`;
  const sentence = `${fits}, and ${property}${failure.instance} is still violated${why}`;
  return { ...all, verdict: 'replayed', failure, sentence };
}

function failures(space: Space, end: Int32Array, last: Taken | undefined): readonly Failure[] {
  const failed = [...space.states.failures(end)];
  if (last !== undefined && space.steps.any) {
    space.steps.pair.set(last.before);
    space.steps.pair.set(last.after, last.before.length);
    failed.push(...space.steps.failures(last.instance, last.label));
  }
  const { deadlock } = space.configuration.spec.model.definition;
  const successors = new Successors();
  space.transitions.expand(end, successors);
  if (successors.count === 0 && deadlock !== 'allowed' && !space.states.isExpectedEnd(end)) {
    failed.push({ property: 'deadlock', instance: '', sentence: 'no action is enabled' });
  }
  return failed;
}
