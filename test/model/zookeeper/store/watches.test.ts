import { describe, expect, test } from 'vitest';
import {
  emptyTree,
  multi,
  type Op,
  openSession,
  type Tree,
  type TreeEvent,
} from '../../../../model/zookeeper/store/tree.ts';
import {
  addWatch,
  removeWatcher,
  setWatches,
  trigger,
  type Watch,
} from '../../../../model/zookeeper/store/watches.ts';

// Facts of WatchManager and of DataTree.createNode, deleteNode, setData and setWatches.

const data = (path: string, session: number): Watch => ({ path, kind: 'data', session });
const children = (path: string, session: number): Watch => ({ path, kind: 'children', session });
const created = (path: string): TreeEvent => ({ type: 'NodeCreated', path });
const deleted = (path: string): TreeEvent => ({ type: 'NodeDeleted', path });
const changed = (path: string): TreeEvent => ({ type: 'NodeDataChanged', path });

describe('what fires', () => {
  test.each<[string, Watch[], TreeEvent, string[]]>([
    [
      'created: data watches of the node, child watches of the parent',
      [data('/ids/1', 1), children('/ids', 2)],
      created('/ids/1'),
      ['1 NodeCreated /ids/1', '2 NodeChildrenChanged /ids'],
    ],
    [
      'changed: data watches alone',
      [data('/ids/1', 1), children('/ids', 2), children('/ids/1', 3)],
      changed('/ids/1'),
      ['1 NodeDataChanged /ids/1'],
    ],
    [
      'deleted: data and child watches of the node, child watches of the parent',
      [data('/ids/1', 1), children('/ids/1', 2), children('/ids', 3)],
      deleted('/ids/1'),
      ['1 NodeDeleted /ids/1', '2 NodeDeleted /ids/1', '3 NodeChildrenChanged /ids'],
    ],
    [
      'deleted: who has both hears of it once',
      [data('/ids/1', 1), children('/ids/1', 1)],
      deleted('/ids/1'),
      ['1 NodeDeleted /ids/1'],
    ],
    ['another node: nothing', [data('/ids/1', 1), children('/ids', 1)], changed('/ids/2'), []],
    ['a grandchild: nothing', [children('/ids', 1)], created('/ids/1/x'), []],
  ])('%s', (_, watches, event, expected) => {
    const { fired } = trigger(watches, [event]);
    expect(fired.map(({ session, type, path }) => `${session} ${type} ${path}`)).toEqual(expected);
  });

  test('once: a second change finds no watch', () => {
    const first = trigger([data('/controller', 1), data('/controller', 2)], [deleted('/controller')]);
    expect(first).toEqual({
      watches: [],
      fired: [
        { session: 1, type: 'NodeDeleted', path: '/controller' },
        { session: 2, type: 'NodeDeleted', path: '/controller' },
      ],
    });
    expect(trigger(first.watches, [created('/controller')]).fired).toEqual([]);
  });

  test('in the order of the events, the same watch for the first of them alone', () => {
    const { fired } = trigger(
      [children('/ids', 1), data('/ids/2', 1)],
      [deleted('/ids/1'), deleted('/ids/2')],
    );
    expect(fired.map(({ type, path }) => `${type} ${path}`)).toEqual([
      'NodeChildrenChanged /ids',
      'NodeDeleted /ids/2',
    ]);
  });
});

test('a watch is there once, until its client goes', () => {
  const watches = addWatch(addWatch([data('/a', 2)], data('/a', 1)), data('/a', 1));
  expect(watches).toEqual([data('/a', 2), data('/a', 1)]);
  expect(removeWatcher(watches, 1)).toEqual([data('/a', 2)]);
});

describe('a client that connects again, having seen zxid 2', () => {
  /** zxid 1: /a; 2: /a/old; 3: /b; 4: /a changed; 5: /b/new; 6: /c. */
  const writes: readonly Op<string>[] = [
    { kind: 'create', path: '/a', data: '' },
    { kind: 'create', path: '/a/old', data: '' },
    { kind: 'create', path: '/b', data: '' },
    { kind: 'setData', path: '/a', data: 'x', version: 0 },
    { kind: 'create', path: '/b/new', data: '' },
    { kind: 'create', path: '/c', data: '' },
  ];
  const tree = writes.reduce<Tree<string>>(
    (before, op, i) => multi(before, 1, [op], i + 1).tree,
    openSession(emptyTree, 1),
  );
  const none = { data: [], exist: [], children: [] };

  test.each([
    [{ ...none, data: ['/a'] }, ['NodeDataChanged /a'], []],
    [{ ...none, data: ['/a/old'] }, [], [data('/a/old', 1)]],
    [{ ...none, data: ['/gone'] }, ['NodeDeleted /gone'], []],
    [{ ...none, exist: ['/c'] }, ['NodeCreated /c'], []],
    [{ ...none, exist: ['/gone'] }, [], [data('/gone', 1)]],
    [{ ...none, children: ['/a'] }, [], [children('/a', 1)]],
    [{ ...none, children: ['/b'] }, ['NodeChildrenChanged /b'], []],
    [{ ...none, children: ['/gone'] }, ['NodeDeleted /gone'], []],
  ])('%o: %o at once', (held, expected, left) => {
    const { fired, watches } = setWatches(tree, [], 1, held, 2);
    expect(fired.map(({ type, path }) => `${type} ${path}`)).toEqual(expected);
    expect(watches).toEqual(left);
  });

  test('a node that went and came back counts as changed', () => {
    const gone = multi(tree, 1, [{ kind: 'delete', path: '/a/old', version: 0 }], 7).tree;
    const back = multi(gone, 1, [{ kind: 'create', path: '/a/old', data: '' }], 8).tree;
    expect(setWatches(back, [], 1, { ...none, data: ['/a/old'] }, 6).fired).toEqual([
      { session: 1, type: 'NodeDataChanged', path: '/a/old' },
    ]);
  });
});
