import { describe } from '../language/canonical.ts';
import { ModelError } from '../language/errors.ts';
import { isAnyOf } from '../language/initial.ts';
import type { AnyParams, AnyRules, Definition } from '../language/model.ts';
import type { Layout, Slot } from './layout.ts';
import { runPurely } from './purity.ts';

/** The initial states: a list of declarations, each the product of the choices of its components. @throws ModelError */
export function initialStates(
  model: string,
  definition: Definition,
  layout: Layout,
  params: AnyParams,
  rules: AnyRules,
): readonly Int32Array[] {
  if (layout.slots.length === 0)
    throw new ModelError('has no components; declare some with .components(...)', { model });
  if (definition.init === undefined)
    throw new ModelError('has no initial state; declare it with .init(...)', { model });
  try {
    const declared: unknown = runPurely(() => definition.init?.(params, rules));
    const list: readonly unknown[] = Array.isArray(declared) ? declared : [declared];
    if (list.length === 0) throw new ModelError('has an empty list of initial states');
    return list.flatMap((one) => expandChoices(one, layout));
  } catch (error) {
    throw error instanceof ModelError ? error.at({ model, action: 'init' }) : error;
  }
}

function expandChoices(declared: unknown, layout: Layout): Int32Array[] {
  if (typeof declared !== 'object' || declared === null) {
    throw new ModelError(`init answers ${describe(declared)}; expected a value for each component`);
  }
  const unknown = Object.keys(declared).find((key) => !Object.hasOwn(layout.components, key));
  if (unknown !== undefined) throw new ModelError(`init sets '${unknown}', which is not a component`);
  const choices = layout.slots.map((slot) => choicesOf(slot, Reflect.get(declared, slot.component)));
  let vectors: number[][] = [[]];
  for (const ids of choices) vectors = vectors.flatMap((vector) => ids.map((id) => [...vector, id]));
  return vectors.map((vector) => Int32Array.from(vector));
}

function choicesOf(slot: Slot, given: unknown): readonly number[] {
  if (given === undefined && slot.declared.kind !== 'channel') {
    throw new ModelError('has no initial value', { component: slot.name });
  }
  const value: unknown =
    typeof given === 'function' ? runPurely(() => given(...slot.keys)) : given === undefined ? [] : given;
  const values: readonly unknown[] = isAnyOf(value) ? value.values : [value];
  if (values.length === 0) throw new ModelError('anyOf lists no initial value', { component: slot.name });
  try {
    return values.map((one) => slot.domain.intern(one));
  } catch (error) {
    throw error instanceof ModelError ? error.at({ component: slot.name }) : error;
  }
}
