import { z } from 'zod';
import { setOf } from '../../../checker/language/index.ts';
import { nodeAt, parentOf, type Tree, type TreeEvent } from './tree.ts';

/**
 * Data watches wait for any change of a node, also for its creation: exists() sets one where there is no node (DataTree.statNode).
 * Child watches wait for children that come or go, and for the end of the node itself.
 */
export const Watch = z.strictObject({
  path: z.string().startsWith('/'),
  kind: z.enum(['data', 'children']),
  session: z.int(),
});
export type Watch = Readonly<z.output<typeof Watch>>;

/** The watches that a server keeps for its clients: none of them twice. */
export const Watches = setOf(Watch);
export type Watches = readonly Watch[];

export const Notification = z.strictObject({
  type: z.enum(['NodeCreated', 'NodeDeleted', 'NodeDataChanged', 'NodeChildrenChanged']),
  path: z.string().startsWith('/'),
});
export type Notification = Readonly<z.output<typeof Notification>>;

/** A notification on its way to a client. */
export interface Fired extends Notification {
  readonly session: number;
}

export interface AfterFiring {
  readonly watches: Watches;
  readonly fired: readonly Fired[];
}

const same = (a: Watch, b: Watch): boolean =>
  a.path === b.path && a.kind === b.kind && a.session === b.session;

/** WatchManager.addWatch: a second one of the same client on the same node changes nothing. */
export const addWatch = (watches: Watches, watch: Watch): Watches =>
  watches.some((set) => same(set, watch)) ? watches : [...watches, watch];

/** WatchManager.removeWatcher: the connection of a client is closed, and its watches go. */
export const removeWatcher = (watches: Watches, session: number): Watches =>
  watches.filter((watch) => watch.session !== session);

/**
 * WatchManager.triggerWatch, as DataTree calls it for each event, in the order of the events: a watch fires once. A client that
 * has a data and a child watch on a node hears of its end once. Among the clients of one watch there is no order; here by session.
 */
export function trigger(watches: Watches, events: readonly TreeEvent[]): AfterFiring {
  let left = watches;
  const fired: Fired[] = [];
  const fire = (
    path: string,
    kind: Watch['kind'],
    type: Notification['type'],
    except: readonly number[] = [],
  ): readonly number[] => {
    const hit = left.filter((watch) => watch.path === path && watch.kind === kind);
    const sessions = hit.map(({ session }) => session).sort((a, b) => a - b);
    left = left.filter((watch) => !hit.includes(watch));
    for (const session of sessions) if (!except.includes(session)) fired.push({ session, type, path });
    return sessions;
  };
  for (const { type, path } of events) {
    const told = fire(path, 'data', type);
    if (type === 'NodeDeleted') fire(path, 'children', type, told);
    if (type !== 'NodeDataChanged') fire(parentOf(path), 'children', 'NodeChildrenChanged');
  }
  return { watches: left, fired };
}

/** The watches that a client holds: those set by exists() where there was no node are kept apart (ZKWatchManager.existWatches). */
export interface HeldWatches {
  readonly data: readonly string[];
  readonly exist: readonly string[];
  readonly children: readonly string[];
}

/**
 * DataTree.setWatches: a client that has connected again hands over its watches and the last zxid that it has seen. What changed since
 * fires at once, the others are set. A node that was deleted and created anew counts as changed, not as deleted.
 */
export function setWatches<D>(
  tree: Tree<D>,
  watches: Watches,
  session: number,
  held: HeldWatches,
  lastSeenZxid: number,
): AfterFiring {
  let set = watches;
  const fired: Fired[] = [];
  const missed = (path: string, kind: Watch['kind'], type: Notification['type'] | undefined) => {
    if (type === undefined) set = addWatch(set, { path, kind, session });
    else fired.push({ session, type, path });
  };
  for (const path of held.data) {
    const node = nodeAt(tree, path);
    const changed = node && node.mzxid > lastSeenZxid ? 'NodeDataChanged' : undefined;
    missed(path, 'data', node === undefined ? 'NodeDeleted' : changed);
  }
  for (const path of held.exist) missed(path, 'data', nodeAt(tree, path) && 'NodeCreated');
  for (const path of held.children) {
    const node = nodeAt(tree, path);
    const changed = node && node.pzxid > lastSeenZxid ? 'NodeChildrenChanged' : undefined;
    missed(path, 'children', node === undefined ? 'NodeDeleted' : changed);
  }
  return { watches: set, fired };
}
