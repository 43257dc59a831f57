import {
  type Code,
  childrenOf,
  closeSession,
  multi,
  nodeAt,
  type Op,
  type OpResult,
  type Tree,
  type Znode,
} from './store/tree.ts';
import { addWatch, type Fired, removeWatcher, trigger, type Watches } from './store/watches.ts';

/**
 * ZooKeeper as its clients see it, as pure functions over plain values: a server is a tree and the watches of its clients.
 *
 * One server is the linearizable store. Several take the same writes in the same order, with the same zxids, each when it comes to it: a
 * read at one that lags is stale, as at an observer, and a watch there fires when that server has applied the write.
 *
 * To a client notifications and answers travel in one FIFO: put the notifications of a write there before any later answer,
 * and none sees the new value before it has heard of the change. A request that was sent when its connection broke may have
 * been applied or not: the model chooses between the server before and after it, and the client hears CONNECTIONLOSS either way.
 */
export interface Server<D> {
  readonly tree: Tree<D>;
  readonly watches: Watches;
}

export interface Written<D> {
  readonly server: Server<D>;
  readonly results: readonly OpResult<D>[];
  /** In the order of the changes. */
  readonly fired: readonly Fired[];
}

/** A write, or several as one transaction. */
export function write<D>(
  server: Server<D>,
  session: number,
  ops: readonly Op<D>[],
  zxid: number,
): Written<D> {
  const { tree, results, events } = multi(server.tree, session, ops, zxid);
  const { watches, fired } = trigger(server.watches, events);
  return { server: { tree, watches }, results, fired };
}

/**
 * The session ends: by its client, or because nothing of it was heard for too long. The server closes the connection after it has fired
 * (FinalRequestProcessor.applyRequest): if there still is one, the client itself may hear that its ephemerals are gone.
 */
export function expire<D>(server: Server<D>, session: number, zxid: number): Omit<Written<D>, 'results'> {
  const { tree, events } = closeSession(server.tree, session, zxid);
  const { watches, fired } = trigger(server.watches, events);
  return { server: { tree, watches: removeWatcher(watches, session) }, fired };
}

/** The connection breaks: the session goes on, the watches of the server are gone; `setWatches` brings them back. */
export const disconnect = <D>(server: Server<D>, session: number): Server<D> => ({
  ...server,
  watches: removeWatcher(server.watches, session),
});

export interface Read<D> {
  readonly server: Server<D>;
  readonly code: Code;
  readonly node?: Znode<D>;
}

/** getData: where there is no node there is no watch either. */
export function getData<D>(server: Server<D>, session: number, path: string, watch: boolean): Read<D> {
  const node = nodeAt(server.tree, path);
  if (node === undefined) return { server, code: 'NONODE' };
  return { server: watching(server, session, path, 'data', watch), code: 'OK', node };
}

/** exists: sets the watch also where there is no node, and it waits for its creation. */
export function exists<D>(server: Server<D>, session: number, path: string, watch: boolean): Read<D> {
  const node = nodeAt(server.tree, path);
  const watched = watching(server, session, path, 'data', watch);
  return node === undefined ? { server: watched, code: 'NONODE' } : { server: watched, code: 'OK', node };
}

export interface ReadChildren<D> {
  readonly server: Server<D>;
  readonly code: Code;
  readonly children: readonly string[];
}

export function getChildren<D>(
  server: Server<D>,
  session: number,
  path: string,
  watch: boolean,
): ReadChildren<D> {
  if (nodeAt(server.tree, path) === undefined) return { server, code: 'NONODE', children: [] };
  const watched = watching(server, session, path, 'children', watch);
  return { server: watched, code: 'OK', children: childrenOf(server.tree, path) };
}

function watching<D>(
  server: Server<D>,
  session: number,
  path: string,
  kind: 'data' | 'children',
  watch: boolean,
): Server<D> {
  if (!watch) return server;
  return { ...server, watches: addWatch(server.watches, { path, kind, session }) };
}
