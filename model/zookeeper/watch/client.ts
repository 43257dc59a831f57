import { z } from 'zod';
import type { MutantsOf } from '../../../checker/language/index.ts';
import type { HeldWatches } from '../store/watches.ts';
import { Notification } from '../store/watches.ts';

/** The servers that clients connect to. What they have applied lags behind what is committed, each on its own. */
export const SERVERS = ['follower', 'observer'] as const;

/** The one node that is looked at, and its one child. */
export const NODE = '/a';
export const CHILD = '/a/x';

/** How far a run goes. */
export interface WatchBounds {
  readonly writes: number;
  readonly myWrites: number;
  readonly disconnects: number;
}

export const READS = ['getData', 'exists', 'getChildren'] as const;
export type ReadKind = (typeof READS)[number];

/** ClientCnxn: a watch counts once the answer to the read that sets it has come. `exist`: by exists() where there was no node. */
export const Held = z.strictObject({
  kind: z.enum(['data', 'exist', 'children']),
  /** The zxid of the answer. */
  since: z.int().min(0),
});
export type Held = Readonly<z.output<typeof Held>>;

/** What comes to the client, first in first out. */
export const Packet = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('event'), type: Notification.shape.type, zxid: z.int().min(0) }),
  z.strictObject({
    kind: z.literal('read'),
    read: z.enum(READS),
    /** What the server had applied. */
    zxid: z.int().min(0),
    /** The zxid of the last change of what was read, data or children; null where there is no node. */
    changed: z.int().min(0).nullable(),
  }),
  z.strictObject({ kind: z.enum(['sync', 'write']), zxid: z.int().min(0) }),
]);
export type Packet = Readonly<z.output<typeof Packet>>;

/** The watch that an answer makes effective (ZooKeeper.DataWatchRegistration and its kin). */
export function registered({ read, changed, zxid }: Packet & { readonly kind: 'read' }): Held | undefined {
  if (read === 'exists') return { kind: changed === null ? 'exist' : 'data', since: zxid };
  if (changed === null) return undefined;
  return { kind: read === 'getData' ? 'data' : 'children', since: zxid };
}

/** ZKWatchManager.materialize: the watches that a notification uses up. */
export function usedUp(type: (Packet & { readonly kind: 'event' })['type'], kind: Held['kind']): boolean {
  switch (type) {
    case 'NodeCreated':
    case 'NodeDataChanged':
      return kind !== 'children';
    case 'NodeChildrenChanged':
      return kind === 'children';
    case 'NodeDeleted':
      return true;
  }
}

export const usedUpMutants: MutantsOf<typeof usedUp, WatchBounds> = {
  never: {
    about: 'The client keeps a watch that has fired',
    rule: () => false,
    at: { writes: 1, disconnects: 0 },
  },
};

/** What the client hands over when it connects again. */
export const handedOver = (held: readonly Held[]): HeldWatches => {
  const paths = (kind: Held['kind']): string[] => (held.some((one) => one.kind === kind) ? [NODE] : []);
  return { data: paths('data'), exist: paths('exist'), children: paths('children') };
};

/** Whether an answer shows a change that a held watch waits for. */
export function revealed(
  { kind, since }: Held,
  { read, changed }: Packet & { readonly kind: 'read' },
): boolean {
  if (kind === 'exist') return changed !== null;
  if (changed === null) return true;
  return (kind === 'children') === (read === 'getChildren') && changed > since;
}
