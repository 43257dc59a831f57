import { createHash } from 'node:crypto';
import type { Space } from '../../space/space.ts';

/** What a checkpoint belongs to: it means nothing to a search of anything else. */
export interface Identity {
  readonly format: number;
  readonly model: string;
  readonly params: string;
  readonly changes: string;
  readonly properties: string;
  /** Of what the model's functions say, and of whatever the caller knows to be a part of the model. */
  readonly code: string;
}

/** Raised with whatever changes the meaning of a file. */
const FORMAT = 2;

/** `edition` tells apart models that look alike: the version of the program, the whole code of a user's file. */
export function identityOf({ configuration, layout, transitions }: Space, edition: string): Identity {
  const { spec, params, changes, rules } = configuration;
  const hash = createHash('sha256').update(edition);
  const slots = layout.slots.map(({ name }) => name);
  const instances = transitions.instances.map(({ name }) => name);
  hash.update(JSON.stringify([slots, instances]));
  const { components, init, actions, within, deadlock } = spec.model.definition;
  for (const part of [components, init, actions, within, deadlock, spec.properties, rules])
    addCode(part, hash);
  return {
    format: FORMAT,
    model: spec.model.name,
    params: JSON.stringify(params),
    changes: JSON.stringify(changes),
    properties: JSON.stringify(spec.properties.map(({ name, kind }) => [name, kind])),
    code: hash.digest('hex'),
  };
}

/** Functions by their text: all that can be known of them. */
function addCode(part: unknown, hash: ReturnType<typeof createHash>): void {
  if (typeof part === 'function') hash.update(String(part));
  else if (typeof part === 'object' && part !== null)
    for (const [key, inner] of Object.entries(part)) addCode(inner, hash.update(key));
  else hash.update(String(part));
}

/** Why a checkpoint of `theirs` cannot go on as a search of `mine`: what differs; undefined when nothing does. */
export function difference(theirs: unknown, mine: Identity): string | undefined {
  if (typeof theirs !== 'object' || theirs === null || Reflect.get(theirs, 'format') !== FORMAT)
    return 'was written by another version of the program';
  const words: readonly [keyof Identity, string][] = [
    ['model', `belongs to the model ${Reflect.get(theirs, 'model')}`],
    ['params', `belongs to other parameters: ${Reflect.get(theirs, 'params')}`],
    ['changes', `belongs to other design changes: ${Reflect.get(theirs, 'changes')}`],
    ['properties', 'belongs to a search for other properties'],
    ['code', 'belongs to another version of the model or of the program'],
  ];
  return words.find(([key]) => Reflect.get(theirs, key) !== mine[key])?.[1];
}
