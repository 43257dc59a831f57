import { z } from 'zod';

/** A value of a component or a message, as JSON. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/** The first field of every trace file, so that a foreign file is known at once. */
export const TRACE_FORMAT = 'fencepost trace';

/** Raised whenever an older reader would misread a file. */
export const SCHEMA_VERSION = 1;

const json: z.ZodType<Json> = z.json();
const key = z.union([z.number(), z.string()]);

const component = z.strictObject({
  /** The declared name: server. Its members are called server(0), server(1), ... in states and changes. */
  name: z.string(),
  kind: z.enum(['cell', 'channel']),
  /** The keys of each axis; none for a single component. */
  axes: z.array(z.array(key)),
  ghost: z.boolean(),
  /** Where JSON says less than the schema did: that an array is a set, that null is an absent value, ... */
  places: z.array(
    z.strictObject({
      /** Field names, '[]' for any element, the position in a tuple. */
      path: z.array(z.string()),
      is: z.enum(['set', 'tuple', 'map', 'option']),
    }),
  ),
});

const message = z.strictObject({
  /** `put` is a send that replaces whatever the channel held. */
  kind: z.enum(['send', 'put', 'receive']),
  /** The member of the channel: net(0, 1). */
  channel: z.string(),
  /** Lanes; null where the channel does not say and the step does not either. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  message: json,
  /** The channel's own words for the message; null where it has none. */
  says: z.string().nullable(),
});

const step = z.strictObject({
  action: z.string(),
  instance: z.union([key, z.array(key)]).nullable(),
  /** Which outcome of the action: unique within the instance, '' when there is one only. */
  label: z.string(),
  /** The step in words. */
  says: z.string(),
  /** Where it happens; null when it belongs to no lane. */
  lane: z.string().nullable(),
  /** In the order of the state's components; those that keep their value are left out. */
  changes: z.array(z.strictObject({ component: z.string(), before: json, after: json })),
  messages: z.array(message),
});

/** A run of a model and what it shows, complete in itself: text, diagrams, ITF and replay need nothing else. */
export const Trace = z.strictObject({
  format: z.literal(TRACE_FORMAT),
  schemaVersion: z.literal(SCHEMA_VERSION),
  model: z.string(),
  /** Every parameter of the run, defaults included. */
  params: z.record(z.string(), json),
  changes: z.array(z.string()),
  /** Of a behaviour: gained or lost. */
  property: z.string(),
  /** `behaviour`: a run that one of two designs can make and the other cannot. */
  kind: z.enum(['always', 'step', 'reachable', 'temporal', 'deadlock', 'behaviour']),
  /** `reached`: a run to a state that a `reachable` property asks for, or one that is possible. */
  verdict: z.enum(['violated', 'reached']),
  /** For whom the property fails: (0, 1); '' for a property without `each`. */
  instance: z.string(),
  /** The property's own words; '' when it has none. */
  sentence: z.string(),
  components: z.array(component),
  /** Who sends and receives, in the order of diagrams: server 0, server 1, ... */
  lanes: z.array(z.string()),
  /** The first state by member; null when there is no run to show, because no run reaches the witness. */
  initial: z.record(z.string(), json).nullable(),
  steps: z.array(step),
  /**
   * Of a temporal property: the number of the state that the run comes back to, over and over. The last state is that one
   * again; or, where it is the last state itself, nothing happens any more. Null for a run that just ends.
   */
  loop: z.int().min(0).nullable(),
});

export type Trace = z.output<typeof Trace>;
export type TraceComponent = Trace['components'][number];
export type TraceStep = Trace['steps'][number];
export type TraceChange = TraceStep['changes'][number];
export type TraceMessage = TraceStep['messages'][number];
