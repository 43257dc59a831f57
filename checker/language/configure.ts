import { z } from 'zod';
import { deepFreeze } from './canonical.ts';
import { type Change, changedActions, changedRules } from './changes.ts';
import { ModelError, UsageError } from './errors.ts';
import type { AnyModel, AnyParams, AnyRules } from './model.ts';
import { checkMutants, mutantChange, mutantList } from './mutants.ts';
import { suggestion } from './nearest.ts';
import type { AnyProperty, Spec } from './properties.ts';

/** What a run is asked to be: parameters other than the defaults, and design changes, or mutants, by name. */
export interface Request {
  readonly set?: AnyParams;
  readonly changes?: readonly string[];
}

/** A spec with everything that stays fixed during a run. */
export interface Configuration {
  readonly spec: Spec;
  readonly params: AnyParams;
  readonly rules: AnyRules;
  readonly changes: readonly string[];
}

/**
 * @throws UsageError for an unknown parameter or change, a value out of range, or two that contradict each other
 * @throws ModelError for rules that fail
 */
export function configure(spec: Spec, request: Request = {}): Configuration {
  const { definition, name } = spec.model;
  const changes = (request.changes ?? []).map((change) => [change, changeOf(spec, change)] as const);
  const given: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(request.set ?? {})) {
    if (!Object.hasOwn(definition.params.shape, key)) {
      throw new UsageError(
        `${name} has no parameter '${key}'.${suggestion(key, Object.keys(definition.params.shape))}`,
      );
    }
    given[key] = value;
  }
  for (const [change, { set }] of changes) {
    for (const [key, value] of Object.entries(set ?? {})) {
      if (Object.hasOwn(given, key) && JSON.stringify(given[key]) !== JSON.stringify(value)) {
        throw new UsageError(
          `the change '${change}' sets ${key} to ${JSON.stringify(value)}; it cannot be ${JSON.stringify(given[key])} too.`,
        );
      }
      given[key] = value;
    }
  }
  const params = parse(definition.params, given, name);
  const chosen = changes.map(([, change]) => change);
  return {
    spec: chosen.some(({ actions }) => actions !== undefined) ? withActions(spec, chosen) : spec,
    params,
    rules: rulesOf(spec, chosen, params),
    changes: changes.map(([change]) => change),
  };
}

function withActions({ model, properties }: Spec, changes: readonly Change[]): Spec {
  const { name, about, definition } = model;
  try {
    const actions = changedActions(definition.actions, changes);
    const changed: AnyModel = { name, about, definition: { ...definition, actions } };
    return { model: changed, properties };
  } catch (error) {
    throw error instanceof ModelError ? error.at({ model: name }) : error;
  }
}

function rulesOf({ model }: Spec, changes: readonly Change[], params: AnyParams): AnyRules {
  try {
    const rules = model.definition.rules(params);
    checkMutants(model.definition.mutants, rules);
    return Object.freeze({ ...changedRules(rules, changes, params) });
  } catch (error) {
    if (error instanceof ModelError) throw error.at({ model: model.name });
    throw new ModelError(`its rules throw ${String(error)}`, { model: model.name });
  }
}

/** Whether a property is promised in this run: unless it says that it does not apply. */
export function isChecked(property: AnyProperty, params: AnyParams): boolean {
  return property.applies?.(params) ?? true;
}

function changeOf(spec: Spec, name: string): Change {
  const { changes, mutants } = spec.model.definition;
  const change = Object.hasOwn(changes, name) ? changes[name] : mutantChange(mutants, name);
  if (change === undefined) {
    const known = name.includes('/') ? mutantList(mutants).map((one) => one.name) : Object.keys(changes);
    const what = name.includes('/') ? 'mutant' : 'change';
    throw new UsageError(`${spec.model.name} has no ${what} '${name}'.${suggestion(name, known)}`);
  }
  return change;
}

function parse(schema: z.ZodObject, given: AnyParams, model: string): AnyParams {
  const result = schema.safeParse(given);
  if (result.success) return deepFreeze(result.data);
  const issue = result.error.issues[0];
  const message = issue?.message ?? z.prettifyError(result.error);
  const key = issue?.path.map(String).join('.') ?? '';
  if (key === '') {
    throw new UsageError(`${model}: the parameters ${JSON.stringify(given)} do not go together: ${message}.`);
  }
  const value = JSON.stringify(given[String(issue?.path[0])]);
  if (value === undefined)
    throw new UsageError(`${model}: the parameter ${key} has no default, so it must be set.`);
  throw new UsageError(`${model}: the parameter ${key} cannot be ${value}: ${message}.`);
}
