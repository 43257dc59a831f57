import type { Space } from '../space/space.ts';
import { compact } from '../trace/compact.ts';
import type { Json } from '../trace/format.ts';

/** Why an action instance has no step with this label in a state: the other outcomes that it has, or the read that disabled it. */
export function whyNot(space: Space, instance: number, label: string, vector: Int32Array): string {
  const { alternatives, reads } = space.transitions.explain(instance, vector);
  const name = space.transitions.instances[instance]?.name;
  if (alternatives.length > 0) {
    const labels = alternatives.map((one) => `'${one.label}'`).join(', ');
    return `${name} has no outcome '${label}' here; it has ${labels}`;
  }
  const read = reads.at(-1);
  const why =
    read === undefined ? 'it reads nothing' : `the last that it read is ${read.name} = ${shown(read.value)}`;
  return `${name} is not enabled: ${why}`;
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : compact(value as Json, 80); // what models read is plain
}
