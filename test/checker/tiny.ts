import { z } from 'zod';
import { configure } from '../../checker/language/configure.ts';
import {
  type AnyModel,
  defineModel,
  family,
  ghost,
  ModelError,
  operation,
  queue,
  type Spec,
  single,
  specOf,
} from '../../checker/language/index.ts';
import { type BreadthFirstOptions, breadthFirst } from '../../checker/search/breadth-first.ts';
import type { SearchResult } from '../../checker/search/result.ts';
import { Space } from '../../checker/space/space.ts';

/** A small model for tests to add actions to: a counter from 0 to 3, two servers, a mailbox for one, a history. */
export const tiny = defineModel('tiny', {
  about: 'a model for tests',
  params: z.strictObject({ limit: z.int().default(3), steps: z.array(z.int()).default([1]) }),
})
  .rules({ twice: (n: number) => 2 * n })
  .components((p) => ({
    count: single(z.int().min(0).max(p.limit)),
    server: family([0, 1], z.strictObject({ epoch: z.int(), log: z.array(z.int()) })),
    mail: queue(z.int(), { capacity: 1 }),
    history: ghost(single(z.array(z.int()))),
    votes: single(z.record(z.string(), z.int())),
  }))
  .init(() => ({ count: 0, server: { epoch: 0, log: [] }, history: [], votes: {} }));

export const add = operation('add', (n: number, by: number) => Math.min(3, n + by));

/** For models that are wrong in a way that their types forbid. */
// biome-ignore lint/suspicious/noExplicitAny: faulty on purpose
export type Any = any;
export const untyped: Any = tiny;

export function spaceOf(value: Spec | AnyModel): Space {
  return new Space(configure(specOf(value)));
}

export function search(value: Spec | AnyModel, options: BreadthFirstOptions = {}): Promise<SearchResult> {
  return breadthFirst(spaceOf(value), options);
}

/** The one sentence that a faulty model is told, with what it names. */
export async function faultOf(make: () => Spec | AnyModel): Promise<ModelError> {
  try {
    await search(make(), { all: true });
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
  throw new Error('the model has no fault');
}
