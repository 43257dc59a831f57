import { UsageError } from '../language/errors.ts';
import { suggestion } from '../language/nearest.ts';
import type { Spec } from '../language/properties.ts';

/** The spec with these properties alone. @throws UsageError for a name that is none */
export function only({ model, properties }: Spec, names: readonly string[]): Spec {
  const known = ['deadlock', ...properties.map(({ name }) => name)];
  const stranger = names.find((name) => !known.includes(name));
  if (stranger !== undefined) {
    throw new UsageError(`${model.name} has no property '${stranger}'.${suggestion(stranger, known)}`);
  }
  const deadlock = names.includes('deadlock') ? model.definition.deadlock : 'allowed';
  return {
    model: { name: model.name, about: model.about, definition: { ...model.definition, deadlock } },
    properties: properties.filter(({ name }) => names.includes(name)),
  };
}
