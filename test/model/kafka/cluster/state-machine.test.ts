import { expect, test } from 'vitest';
import { ClusterParams } from '../../../../model/kafka/cluster/params.ts';
import { clusterRules } from '../../../../model/kafka/cluster/rules.ts';
import { nextDuty } from '../../../../model/kafka/cluster/state-machine.ts';

const p = ClusterParams.parse({ brokers: 3, replicas: 2 });
const partition = (leader: number | null, isr: readonly number[]) => ({
  leader,
  leaderEpoch: 4,
  isr,
  elr: [],
  partitionEpoch: 7,
  controllerEpoch: 2,
});
const first = (...ids: number[]) => ids.map((id) => ({ id, brokerEpoch: id }));
const all = first(0, 1, 2);

const decided = (left: number | null, leader: number | null, isr: readonly number[]) => ({
  kind: 'decide',
  left,
  next: { leader, leaderEpoch: 5, isr, elr: [], partitionEpoch: 8, controllerEpoch: 3 },
});
const again = [{ id: 0, brokerEpoch: 10 }, ...first(1, 2)];

test.each([
  ['nothing has changed', partition(0, [0, 1]), all, all, undefined],
  ['it takes over: all are told', partition(0, [0, 1]), [], all, { kind: 'tell', brokers: all }],
  ['the leader is gone', partition(0, [0, 1]), all, first(1, 2), decided(0, 1, [1])],
  ['a follower is gone', partition(0, [0, 1]), all, first(0, 2), decided(1, 0, [0])],
  [
    'a broker without a replica is gone',
    partition(0, [0, 1]),
    all,
    first(0, 1),
    { kind: 'tell', brokers: [] },
  ],
  [
    'the last member is gone: it stays, and nobody leads',
    partition(0, [0]),
    all,
    first(1, 2),
    decided(0, null, [0]),
  ],
  ['nobody leads, and nobody may', partition(null, [0]), first(1, 2), first(1, 2), undefined],
  ['it is back, and leads', partition(null, [0]), first(1, 2), all, decided(null, 0, [0])],
  ['the leader is back before it was missed', partition(0, [0, 1]), all, again, decided(0, 1, [1])],
  [
    'a follower outside of the ISR is back',
    partition(1, [1]),
    all,
    again,
    { kind: 'tell', brokers: [again[0]] },
  ],
])('%s', (_, state, handled, known, duty) => {
  expect(nextDuty(state, handled, known, 3, p, clusterRules)).toEqual(duty);
});

test('a later controller has written: nothing is decided, and the brokers are told', () => {
  const duty = nextDuty(partition(0, [0, 1]), all, first(1, 2), 1, p, clusterRules);
  expect(duty).toEqual({ kind: 'tell', brokers: [] });
});
