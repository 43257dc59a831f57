import { expect, test } from 'vitest';
import { emptyTree, openSession } from '../../../model/zookeeper/store/tree.ts';
import {
  disconnect,
  exists,
  expire,
  getChildren,
  getData,
  type Server,
  write,
} from '../../../model/zookeeper/store.ts';

const sessions = openSession(openSession(emptyTree, 1), 2);
const empty: Server<string> = { tree: sessions, watches: [] };
const ids = write(empty, 1, [{ kind: 'create', path: '/ids', data: '' }], 1).server;
const withLock = write(ids, 1, [{ kind: 'create', path: '/lock', data: 'one', ephemeral: true }], 2).server;

test('exists() where there is no node waits for its creation; getData() there waits for nothing', () => {
  const watched = exists(ids, 2, '/lock', true);
  expect(watched.code).toBe('NONODE');
  const { fired } = write(watched.server, 1, [{ kind: 'create', path: '/lock', data: '' }], 2);
  expect(fired).toEqual([{ session: 2, type: 'NodeCreated', path: '/lock' }]);
  expect(getData(ids, 2, '/lock', true)).toEqual({ server: ids, code: 'NONODE' });
});

test('the end of a session takes its ephemerals, and who watches hears of it', () => {
  const watched = getData(withLock, 2, '/lock', true);
  expect(watched.node).toMatchObject({ data: 'one', owner: 1 });
  const { server, fired } = expire(watched.server, 1, 3);
  expect(fired).toEqual([{ session: 2, type: 'NodeDeleted', path: '/lock' }]);
  expect(exists(server, 2, '/lock', false).code).toBe('NONODE');
  expect(write(server, 1, [{ kind: 'setData', path: '/ids', data: 'x', version: 0 }], 4)).toEqual({
    server,
    results: [{ code: 'SESSIONEXPIRED' }],
    fired: [],
  });
});

test('a client whose session ends may still hear of its own ephemeral; its other watches are gone', () => {
  const both = getChildren(getData(withLock, 1, '/lock', true).server, 1, '/ids', true).server;
  const { server, fired } = expire(both, 1, 3);
  expect(fired).toEqual([{ session: 1, type: 'NodeDeleted', path: '/lock' }]);
  expect(server.watches).toEqual([]);
});

test('a burst between two reads is one notification, and the next read sees all of it', () => {
  let server = getChildren(ids, 2, '/ids', true).server;
  let fired = 0;
  for (const [i, name] of ['a', 'b', 'c'].entries()) {
    const written = write(server, 1, [{ kind: 'create', path: `/ids/${name}`, data: '' }], 2 + i);
    fired += written.fired.length;
    server = written.server;
  }
  expect(fired).toBe(1);
  expect(getChildren(server, 2, '/ids', true).children).toEqual(['a', 'b', 'c']);
});

test('a server that lags shows what was, and its watch fires when it comes to the write', () => {
  const observer = getData(withLock, 2, '/lock', true).server;
  const change = [{ kind: 'setData', path: '/lock', data: 'two', version: 0 }] as const;
  const leader = write(withLock, 1, change, 3);
  expect([
    getData(leader.server, 2, '/lock', false).node?.data,
    getData(observer, 2, '/lock', false).node?.data,
  ]).toEqual(['two', 'one']);
  expect(leader.fired).toEqual([]);
  const applied = write(observer, 1, change, 3);
  expect(applied.fired).toEqual([{ session: 2, type: 'NodeDataChanged', path: '/lock' }]);
  expect(applied.server.tree).toEqual(leader.server.tree);
});

test('a broken connection costs the watches and not the session', () => {
  const watched = getData(withLock, 1, '/lock', true).server;
  expect(disconnect(watched, 1)).toEqual(withLock);
});
