import { describe, expect, test } from 'vitest';
import {
  controllerByData,
  controllerByOwner,
  fencedWrite,
  registerController,
  resolveElection,
  resolveElectionByOwner,
} from '../../../../model/kafka/controller/election.ts';
import { CONTROLLER, CONTROLLER_EPOCH, type ZnodeData } from '../../../../model/kafka/controller/znodes.ts';
import {
  ANY_VERSION,
  codeOf,
  emptyTree,
  nodeAt,
  openSession,
} from '../../../../model/zookeeper/store/tree.ts';
import { expire, type Server, write } from '../../../../model/zookeeper/store.ts';

// Facts of KafkaZkClient.registerControllerAndIncrementControllerEpoch, of KafkaZkClientTest and of ControllerIntegrationTest.

const [one, two] = [1, 2];
const sessions = openSession(openSession(emptyTree, one), two);
const started: Server<ZnodeData> = write<ZnodeData>(
  { tree: sessions, watches: [] },
  one,
  [{ kind: 'create', path: CONTROLLER_EPOCH, data: 0 }],
  1,
).server;
const register = (server: Server<ZnodeData>, id: number, epoch: number, version: number) =>
  write(server, id, registerController(id, epoch, version), 2);
const epochOf = (server: Server<ZnodeData>) => {
  const node = nodeAt(server.tree, CONTROLLER_EPOCH);
  return { data: node?.data, version: node?.version };
};

test('G1 the first controller has epoch 1, written with version 1 (testEmptyCluster)', () => {
  const { server, results } = register(started, one, 1, 0);
  expect(codeOf(results)).toBe('OK');
  expect(epochOf(server)).toEqual({ data: 1, version: 1 });
  expect(nodeAt(server.tree, CONTROLLER)).toMatchObject({ data: one, owner: one });
});

test('G3 a controller that stops and starts again has epoch 2 (testControllerEpochPersistsWhenAllBrokersDown)', () => {
  const stopped = expire(register(started, one, 1, 0).server, one, 3).server;
  expect(epochOf(stopped)).toEqual({ data: 1, version: 1 });
  expect(epochOf(register(stopped, two, 2, 1).server)).toEqual({ data: 2, version: 2 });
});

describe('of two that have read epoch 0', () => {
  const taken = register(started, one, 1, 0).server;

  test('the second is refused, as long as the first is there', () => {
    const { server, results } = register(taken, two, 1, 0);
    expect([codeOf(results), server.tree]).toEqual(['NODEEXISTS', taken.tree]);
  });

  test('the second is refused also when the first has gone: the epoch is another one', () => {
    const gone = expire(taken, one, 3).server;
    const { server, results } = register(gone, two, 1, 0);
    expect([codeOf(results), server.tree]).toEqual(['BADVERSION', gone.tree]);
  });
});

describe('an election that was refused, or whose reply is lost', () => {
  const node = (data: number, owner: number) => ({ data, version: 0, owner });
  const epoch = (data: number, version: number) => ({ data, version, owner: null });

  test.each([
    ['I am there, with the epoch I asked for: I had won', node(1, 1), epoch(2, 5), 5],
    ['another one is there', node(2, 2), epoch(2, 5), undefined],
    ['I am there, by an election before this one', node(1, 1), epoch(1, 4), undefined],
    ['nobody is there', null, epoch(2, 5), undefined],
  ])('%s', (_, controller, epochNode, version) => {
    expect(resolveElection(1, 2, controller, epochNode)).toBe(version);
  });

  test('an operator has written my id over that of the winner: by the id I had won, by the owner not', () => {
    expect(resolveElection(1, 2, node(1, 2), epoch(2, 5))).toBe(5);
    expect(resolveElectionByOwner(1, 2, node(1, 2), epoch(2, 5))).toBeUndefined();
  });
});

test('who the controller is: by what stands in the znode, and by whose it is', () => {
  const rewritten = { data: 2, version: 1, owner: 11 };
  expect([controllerByData(rewritten), controllerByOwner(rewritten)]).toEqual([2, 1]);
  expect([controllerByData(null), controllerByOwner(null)]).toEqual([null, null]);
});

describe('a write of the controller of version 1', () => {
  const set = { kind: 'create' as const, path: '/state', data: 7 };
  const of = (version: number, server: Server<ZnodeData>) => {
    const { results } = write(server, two, fencedWrite(version, set), 4);
    return [codeOf(results), results.findIndex(({ code }) => code !== 'OK')];
  };
  const mine = register(started, one, 1, 0).server;
  const moved = register(expire(mine, one, 3).server, two, 2, 1).server;

  test('is done while the epoch is its own, whoever owns /controller by now', () => {
    expect(of(1, mine)).toEqual(['OK', -1]);
    expect(of(1, expire(mine, one, 3).server)).toEqual(['OK', -1]);
  });

  test('is refused from the next election on, by the check and not by the write', () => {
    expect(of(1, moved)).toEqual(['BADVERSION', 0]);
    expect(of(2, moved)).toEqual(['OK', -1]);
  });

  test('is not checked without a version', () => {
    expect(fencedWrite(null, set)).toEqual([set]);
    expect(fencedWrite(1, set)).toHaveLength(2);
    expect(
      write(moved, two, [{ kind: 'check', path: CONTROLLER_EPOCH, version: ANY_VERSION }], 4).results,
    ).toEqual([{ code: 'OK' }]);
  });
});
