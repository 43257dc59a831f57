import { operation, type Update } from '../../../checker/language/index.ts';
import { type Code, codeOf, type Op, parentOf, type Znode } from '../../zookeeper/store/tree.ts';
import type { Fired, Watches } from '../../zookeeper/store/watches.ts';
import { expire, type Server, write } from '../../zookeeper/store.ts';
import { type ControllerEvent, type EventThreadView, type WatchedPath, watchedPaths } from './components.ts';
import {
  BROKER_IDS,
  brokerIdPath,
  brokerOf,
  CONTROLLER,
  type Node,
  OPERATOR,
  type ZnodeData,
} from './znodes.ts';

export interface Answered {
  readonly code: Code;
  /** Which operation failed; -1: none. */
  readonly failed: number;
  /** What the request changes in ZooKeeper, and the events that its watches put into the queues of brokers. */
  readonly updates: readonly Update[];
  /** The znode that the operation at this place has made. */
  readonly nodes: readonly (Node | undefined)[];
}

/** What the watches of a broker become (ControllerChangeHandler, BrokerChangeHandler). */
function eventOf({ path, type }: Fired): ControllerEvent {
  if (path === BROKER_IDS) return 'BrokerChange';
  return type === 'NodeDeleted' ? 'Reelect' : 'ControllerChange';
}

/**
 * A client's transaction, with its answer. Nothing of the same client can come between the two: a broker's event thread waits for the answer,
 * and the notifications of what happened before it have gone into its queue when the answer comes.
 */
export function commit(
  s: EventThreadView,
  session: number,
  ops: readonly Op<ZnodeData>[],
  sessions: readonly number[] = s.sessions.value,
): Answered {
  const before = serverWith(s, [...new Set(ops.map(({ path }) => path))], sessions);
  const { server, results, fired } = write(before, session, ops, 0);
  return {
    code: codeOf(results),
    failed: results.findIndex(({ code }) => code !== 'OK'),
    updates: changes(s, before, server, fired),
    nodes: results.map(({ node }) => node && kept(node)),
  };
}

/** A session ends: its ephemerals go with it. Its client, which is not connected or is a process that died, hears nothing. */
export function endSession(s: EventThreadView, session: number): readonly Update[] {
  const before = serverWith(s, [CONTROLLER, brokerIdPath(brokerOf(session))], s.sessions.value);
  const { server, fired } = expire(before, session, 0);
  const others = fired.filter((one) => one.session !== session);
  const left = s.sessions.value.filter((other) => other !== session);
  return [s.sessions.set(left), ...changes(s, before, server, others)];
}

const add = operation('add', (sessions: readonly number[], session: number) => [...sessions, session]);
const remove = operation('remove', (sessions: readonly number[], session: number) =>
  sessions.filter((other) => other !== session),
);

/** A read that sets a watch. */
export const watch = (s: EventThreadView, path: WatchedPath, session: number): Update =>
  s.watchers(path).apply(add, session);

/** The connection is gone, or no handler is registered any more: what the watch tells is dropped. */
export const unwatch = (s: EventThreadView, path: WatchedPath, session: number): Update =>
  s.watchers(path).apply(remove, session);

const kept = ({ data, version, owner }: Znode<ZnodeData>): Node => ({ data, version, owner });
const stats = { cversion: 0, czxid: 0, mzxid: 0, pzxid: 0 };

/** The parts of ZooKeeper that a request may touch: these znodes, and the watches on them. */
function serverWith(
  s: EventThreadView,
  paths: readonly string[],
  sessions: readonly number[],
): Server<ZnodeData> {
  const nodes = paths.flatMap((path) => {
    const node = s.znode(path).value;
    return node === null ? [] : [{ path, ...node, ...stats }];
  });
  const parent = { path: BROKER_IDS, data: 0, version: 0, owner: null, ...stats };
  const ids = paths.some((path) => parentOf(path) === BROKER_IDS) ? [parent] : [];
  const watched = watchedPaths.filter(
    (path) => paths.includes(path) || (path === BROKER_IDS && ids.length > 0),
  );
  const watches: Watches = watched.flatMap((path) =>
    s.watchers(path).value.map((session) => ({
      path,
      kind: path === BROKER_IDS ? ('children' as const) : ('data' as const),
      session,
    })),
  );
  return { tree: { sessions: [...sessions, OPERATOR], nodes: [...ids, ...nodes] }, watches };
}

function changes(
  s: EventThreadView,
  before: Server<ZnodeData>,
  after: Server<ZnodeData>,
  fired: readonly Fired[],
): readonly Update[] {
  const paths = new Set([...before.tree.nodes, ...after.tree.nodes].map(({ path }) => path));
  paths.delete(BROKER_IDS);
  const nodes = [...paths].map((path) => {
    const node = after.tree.nodes.find((one) => one.path === path);
    return s.znode(path).set(node === undefined ? null : kept(node));
  });
  const watched = new Set(before.watches.map(({ path }) => path));
  const watchers = watchedPaths
    .filter((path) => watched.has(path))
    .map((path) =>
      s.watchers(path).set(after.watches.filter((one) => one.path === path).map((one) => one.session)),
    );
  const events = fired.map((one) => s.event('ensemble', brokerOf(one.session)).send(eventOf(one)));
  return [...nodes, ...watchers, ...events];
}
