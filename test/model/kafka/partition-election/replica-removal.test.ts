import { expect, test } from 'vitest';
import { removeReplica } from '../../../../model/kafka/partition-election/replica-removal.ts';

// Facts of Kafka's ReplicaStateMachineTest and ControllerIntegrationTest.

const partition = { leader: 5, leaderEpoch: 3, isr: [5, 6, 7] };

test.each([
  ['a follower', partition, 6, { leader: 5, leaderEpoch: 4, isr: [5, 7] }],
  ['the leader', partition, 5, { leader: null, leaderEpoch: 4, isr: [6, 7] }],
  [
    'G11 the last member: it stays in the ISR',
    { leader: 5, leaderEpoch: 0, isr: [5] },
    5,
    { leader: null, leaderEpoch: 1, isr: [5] },
  ],
  ['one outside of the ISR: nothing is written', partition, 8, undefined],
])('%s goes offline', (_fact, before, id, after) => {
  expect(removeReplica(before, id)).toEqual(after);
});
