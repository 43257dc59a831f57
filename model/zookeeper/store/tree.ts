import { z } from 'zod';
import { setOf } from '../../../checker/language/index.ts';

/** A znode with the parts of its Stat that clients go by. */
export interface Znode<D> {
  /** Absolute, such as '/brokers/ids/1'. The root is no node here: '/brokers' has no parent. */
  readonly path: string;
  readonly data: D;
  /** Counts the changes of the data; 0 when created. */
  readonly version: number;
  /** How many children it ever got: what the next sequential child is numbered by. */
  readonly cversion: number;
  /** The zxids that created it, changed its data last, and changed its children last. */
  readonly czxid: number;
  readonly mzxid: number;
  readonly pzxid: number;
  /** The session that an ephemeral node lives and dies with; null for a persistent one. */
  readonly owner: number | null;
}

/** What the transactions so far have made: the sessions that are open, and the znodes. */
export interface Tree<D> {
  readonly sessions: readonly number[];
  readonly nodes: readonly Znode<D>[];
}

/** The schema of a tree whose znodes hold `data`. */
export const treeOf = <S extends z.ZodType>(data: S) =>
  z.strictObject({
    sessions: setOf(z.int()),
    nodes: setOf(
      z.strictObject({
        path: z.string().startsWith('/'),
        data,
        version: z.int().min(0),
        cversion: z.int().min(0),
        czxid: z.int().min(0),
        mzxid: z.int().min(0),
        pzxid: z.int().min(0),
        owner: z.int().nullable(),
      }),
    ),
  });

/** As the expected version of setData, delete or check: any will do. */
export const ANY_VERSION = -1;

export type Op<D> =
  | {
      readonly kind: 'create';
      readonly path: string;
      readonly data: D;
      readonly ephemeral?: boolean;
      /** The name gets ten digits appended, which grow from one to the next. */
      readonly sequential?: boolean;
    }
  | { readonly kind: 'setData'; readonly path: string; readonly data: D; readonly version: number }
  | { readonly kind: 'delete'; readonly path: string; readonly version: number }
  | { readonly kind: 'check'; readonly path: string; readonly version: number };

/** KeeperException.Code. RUNTIMEINCONSISTENCY is what the operations of a multi get that come after the one that failed. */
export type Code =
  | 'OK'
  | 'NONODE'
  | 'NODEEXISTS'
  | 'BADVERSION'
  | 'NOTEMPTY'
  | 'NOCHILDRENFOREPHEMERALS'
  | 'SESSIONEXPIRED'
  | 'RUNTIMEINCONSISTENCY';

/** `node` is the znode that a create or a setData has made. */
export interface OpResult<D> {
  readonly code: Code;
  readonly node?: Znode<D>;
}

export type TreeEventType = 'NodeCreated' | 'NodeDeleted' | 'NodeDataChanged';

/** What happened to a znode: what watches fire on. */
export interface TreeEvent {
  readonly type: TreeEventType;
  readonly path: string;
}

export interface Committed<D> {
  readonly tree: Tree<D>;
  readonly results: readonly OpResult<D>[];
  readonly events: readonly TreeEvent[];
}

export const emptyTree: Tree<never> = { sessions: [], nodes: [] };

export const nodeAt = <D>(tree: Tree<D>, path: string): Znode<D> | undefined =>
  tree.nodes.find((node) => node.path === path);

/** '' for a node under the root. */
export const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));

/** The names of the children, without the path. */
export const childrenOf = <D>(tree: Tree<D>, path: string): readonly string[] =>
  tree.nodes
    .filter((node) => parentOf(node.path) === path)
    .map((node) => node.path.slice(path.length + 1))
    .sort();

export const openSession = <D>(tree: Tree<D>, session: number): Tree<D> => ({
  ...tree,
  sessions: [...tree.sessions, session],
});

/**
 * One transaction: all operations or none. Each sees what the ones before it have done (PrepRequestProcessor.outstandingChanges). When one
 * fails nothing is done; the results before it still read OK, those after it RUNTIMEINCONSISTENCY (DataTree.processTxn).
 *
 * `zxid` is the caller's to count. Clients compare only the zxids of one znode, so a model may leave steps of the count out.
 */
export function multi<D>(tree: Tree<D>, session: number, ops: readonly Op<D>[], zxid: number): Committed<D> {
  let next = tree;
  const results: OpResult<D>[] = [];
  const events: TreeEvent[] = [];
  for (const op of ops) {
    const done = tree.sessions.includes(session) ? apply(next, session, op, zxid) : 'SESSIONEXPIRED';
    if (typeof done === 'string') {
      const before = results.map(() => ({ code: 'OK' as const }));
      const after = ops.slice(results.length + 1).map(() => ({ code: 'RUNTIMEINCONSISTENCY' as const }));
      return { tree, results: [...before, { code: done }, ...after], events: [] };
    }
    next = done.tree;
    results.push({ code: 'OK', ...(done.node && { node: done.node }) });
    events.push(...done.events);
  }
  return { tree: next, results, events };
}

/** What the whole transaction answers: the first code other than OK. */
export const codeOf = <D>(results: readonly OpResult<D>[]): Code =>
  results.find(({ code }) => code !== 'OK')?.code ?? 'OK';

/** closeSession: the session and all its ephemerals go in one transaction. In the order of their paths; ZooKeeper promises none. */
export function closeSession<D>(tree: Tree<D>, session: number, zxid: number): Omit<Committed<D>, 'results'> {
  const gone = tree.nodes.filter(({ owner }) => owner === session).map(({ path }) => path);
  const nodes = gone.reduce((left: Tree<D>, path) => removed(left, path, zxid), tree).nodes;
  const sessions = tree.sessions.filter((open) => open !== session);
  return { tree: { sessions, nodes }, events: gone.map((path) => ({ type: 'NodeDeleted', path })) };
}

interface Applied<D> {
  readonly tree: Tree<D>;
  readonly node?: Znode<D>;
  readonly events: readonly TreeEvent[];
}

/** PrepRequestProcessor.pRequest2Txn and DataTree.processTxn for one operation. */
function apply<D>(tree: Tree<D>, session: number, op: Op<D>, zxid: number): Applied<D> | Code {
  if (op.kind === 'create') return create(tree, session, op, zxid);
  const node = nodeAt(tree, op.path);
  if (node === undefined) return 'NONODE';
  if (op.version !== ANY_VERSION && op.version !== node.version) return 'BADVERSION';
  switch (op.kind) {
    case 'check':
      return { tree, events: [] };
    case 'setData': {
      const changed = { ...node, data: op.data, version: node.version + 1, mzxid: zxid };
      const events = [{ type: 'NodeDataChanged' as const, path: op.path }];
      return { tree: withNode(tree, changed), node: changed, events };
    }
    case 'delete':
      if (childrenOf(tree, op.path).length > 0) return 'NOTEMPTY';
      return { tree: removed(tree, op.path, zxid), events: [{ type: 'NodeDeleted', path: op.path }] };
  }
}

function create<D>(
  tree: Tree<D>,
  session: number,
  op: Op<D> & { readonly kind: 'create' },
  zxid: number,
): Applied<D> | Code {
  const above = parentOf(op.path);
  const parent = nodeAt(tree, above);
  if (parent === undefined && above !== '') return 'NONODE';
  const path = op.sequential ? `${op.path}${String(parent?.cversion ?? 0).padStart(10, '0')}` : op.path;
  if (nodeAt(tree, path) !== undefined) return 'NODEEXISTS';
  if (parent !== undefined && parent.owner !== null) return 'NOCHILDRENFOREPHEMERALS';
  const node: Znode<D> = {
    path,
    data: op.data,
    version: 0,
    cversion: 0,
    czxid: zxid,
    mzxid: zxid,
    pzxid: zxid,
    owner: op.ephemeral ? session : null,
  };
  const below = parent && withNode(tree, { ...parent, cversion: parent.cversion + 1, pzxid: zxid });
  return { tree: withNode(below ?? tree, node), node, events: [{ type: 'NodeCreated', path }] };
}

function removed<D>(tree: Tree<D>, path: string, zxid: number): Tree<D> {
  const left = { ...tree, nodes: tree.nodes.filter((node) => node.path !== path) };
  const parent = nodeAt(left, parentOf(path));
  return parent === undefined ? left : withNode(left, { ...parent, pzxid: zxid });
}

/** With a node put in, or in the place of the one of its path; by path. */
function withNode<D>(tree: Tree<D>, node: Znode<D>): Tree<D> {
  const others = tree.nodes.filter(({ path }) => path !== node.path);
  const at = others.findIndex(({ path }) => path > node.path);
  const end = at === -1 ? others.length : at;
  return { ...tree, nodes: [...others.slice(0, end), node, ...others.slice(end)] };
}
