import { describe, expect, test } from 'vitest';
import {
  ANY_VERSION,
  childrenOf,
  closeSession,
  codeOf,
  emptyTree,
  multi,
  nodeAt,
  type Op,
  openSession,
  type Tree,
} from '../../../../model/zookeeper/store/tree.ts';

// Facts of PrepRequestProcessor.pRequest2Txn and DataTree.processTxn.

const create = (
  path: string,
  data = '',
  more: { ephemeral?: boolean; sequential?: boolean } = {},
): Op<string> => ({
  kind: 'create',
  path,
  data,
  ...more,
});
const setData = (path: string, data: string, version: number): Op<string> => ({
  kind: 'setData',
  path,
  data,
  version,
});
const remove = (path: string, version: number): Op<string> => ({ kind: 'delete', path, version });
const check = (path: string, version: number): Op<string> => ({ kind: 'check', path, version });

const open: Tree<string> = openSession(openSession(emptyTree, 1), 2);
/** zxid 1: /ids; zxid 2: /ids/a, an ephemeral of session 1; zxid 3: /epoch, version 0. */
const tree = [create('/ids'), create('/ids/a', '', { ephemeral: true }), create('/epoch', '0')].reduce(
  (before, op, i) => multi(before, 1, [op], i + 1).tree,
  open,
);

describe('one operation', () => {
  test.each<[string, number, Op<string>, string]>([
    ['create', 1, create('/new'), 'OK'],
    ['create below a node', 1, create('/ids/b'), 'OK'],
    ['create what is there', 1, create('/epoch'), 'NODEEXISTS'],
    ['create below nothing', 1, create('/none/b'), 'NONODE'],
    ['create below an ephemeral', 1, create('/ids/a/b'), 'NOCHILDRENFOREPHEMERALS'],
    ['create in a session that is closed', 3, create('/new'), 'SESSIONEXPIRED'],
    ['set with the version it has', 2, setData('/epoch', '1', 0), 'OK'],
    ['set with any version', 2, setData('/epoch', '1', ANY_VERSION), 'OK'],
    ['set with another version', 2, setData('/epoch', '1', 1), 'BADVERSION'],
    ['set what is not there', 2, setData('/none', '1', ANY_VERSION), 'NONODE'],
    ['set in a session that is closed', 3, setData('/epoch', '1', 0), 'SESSIONEXPIRED'],
    ['delete the ephemeral of another', 2, remove('/ids/a', 0), 'OK'],
    ['delete with another version', 1, remove('/epoch', 7), 'BADVERSION'],
    ['delete what has children', 1, remove('/ids', ANY_VERSION), 'NOTEMPTY'],
    ['delete what is not there', 1, remove('/none', ANY_VERSION), 'NONODE'],
    ['check the version it has', 1, check('/epoch', 0), 'OK'],
    ['check another version', 1, check('/epoch', 1), 'BADVERSION'],
    ['check what is not there', 1, check('/none', 0), 'NONODE'],
  ])('%s', (_, session, op, code) => {
    const { tree: after, results } = multi(tree, session, [op], 4);
    expect(results.map((result) => result.code)).toEqual([code]);
    if (code !== 'OK') expect(after).toBe(tree);
  });

  test('a set counts the version and notes its zxid, and answers with the node', () => {
    const { tree: after, results, events } = multi(tree, 2, [setData('/epoch', '1', 0)], 4);
    expect(nodeAt(after, '/epoch')).toMatchObject({ data: '1', version: 1, czxid: 3, mzxid: 4 });
    expect(results[0]?.node).toEqual(nodeAt(after, '/epoch'));
    expect(events).toEqual([{ type: 'NodeDataChanged', path: '/epoch' }]);
  });

  test('a node created anew has version 0 again, and a higher czxid', () => {
    const gone = multi(tree, 1, [remove('/ids/a', 0)], 4).tree;
    const anew = multi(gone, 2, [create('/ids/a', '', { ephemeral: true })], 5).tree;
    expect(nodeAt(tree, '/ids/a')).toMatchObject({ czxid: 2, owner: 1 });
    expect(nodeAt(anew, '/ids/a')).toMatchObject({ czxid: 5, owner: 2, version: 0 });
  });

  test('children that come and go move the pzxid of the parent, and only those that come its cversion', () => {
    expect(nodeAt(tree, '/ids')).toMatchObject({ cversion: 1, pzxid: 2, mzxid: 1 });
    const gone = multi(tree, 1, [remove('/ids/a', 0)], 4).tree;
    expect(nodeAt(gone, '/ids')).toMatchObject({ cversion: 1, pzxid: 4, mzxid: 1 });
  });

  test('sequential names go on from children that are gone', () => {
    const lock = create('/ids/lock-', '', { sequential: true });
    const first = multi(tree, 1, [lock], 4);
    expect(first.results[0]?.node?.path).toBe('/ids/lock-0000000001');
    const gone = multi(first.tree, 1, [remove('/ids/lock-0000000001', 0)], 5).tree;
    expect(multi(gone, 1, [lock], 6).results[0]?.node?.path).toBe('/ids/lock-0000000002');
  });

  test('children are names, of the next level only', () => {
    expect(childrenOf(multi(tree, 1, [create('/ids/b'), create('/ids/b/c')], 4).tree, '/ids')).toEqual([
      'a',
      'b',
    ]);
  });
});

describe('several operations as one', () => {
  test('each sees what the ones before it did', () => {
    const { tree: after, results } = multi(
      tree,
      1,
      [setData('/epoch', '1', 0), check('/epoch', 1), setData('/epoch', '2', 1)],
      4,
    );
    expect(codeOf(results)).toBe('OK');
    expect(nodeAt(after, '/epoch')).toMatchObject({ data: '2', version: 2 });
  });

  test('one fails: nothing is done; those before it read OK, those after it RUNTIMEINCONSISTENCY', () => {
    const ops = [
      create('/controller', '1', { ephemeral: true }),
      setData('/epoch', '1', 7),
      check('/ids', 0),
    ];
    const { tree: after, results, events } = multi(tree, 1, ops, 4);
    expect(after).toBe(tree);
    expect(results).toEqual([{ code: 'OK' }, { code: 'BADVERSION' }, { code: 'RUNTIMEINCONSISTENCY' }]);
    expect(codeOf(results)).toBe('BADVERSION');
    expect(events).toEqual([]);
  });
});

describe('the end of a session', () => {
  test('takes all its ephemerals and no other node', () => {
    const more = multi(tree, 1, [create('/controller', '1', { ephemeral: true })], 4).tree;
    const { tree: after, events } = closeSession(more, 1, 5);
    expect(after.nodes.map(({ path }) => path)).toEqual(['/epoch', '/ids']);
    expect(after.sessions).toEqual([2]);
    expect(events.map(({ path }) => path)).toEqual(['/controller', '/ids/a']);
    expect(nodeAt(after, '/ids')?.pzxid).toBe(5);
  });
});
