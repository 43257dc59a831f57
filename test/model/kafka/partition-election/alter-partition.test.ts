import { expect, test } from 'vitest';
import {
  type AlterPartitionRequest,
  type AlterPartitionView,
  answerAlterPartition,
} from '../../../../model/kafka/partition-election/alter-partition.ts';

// Facts of Kafka's ControllerIntegrationTest; leader 1 of partition {1, 2, 3} wants 3 in the ISR {1, 2}.

const known = { leader: 1, leaderEpoch: 4, isr: [1, 2], partitionEpoch: 7 };
const view: AlterPartitionView = { active: true, brokerEpoch: 20, partition: known, live: [1, 2, 3] };
const request: AlterPartitionRequest = { ...known, isr: [1, 2, 3], brokerEpoch: 20 };

test.each<[string, Partial<AlterPartitionRequest>, Partial<AlterPartitionView>, string]>([
  ['is written', {}, {}, 'write'],
  ['to another than the controller', {}, { active: false }, 'NOT_CONTROLLER'],
  ['of an earlier incarnation', { brokerEpoch: 19 }, {}, 'STALE_BROKER_EPOCH'],
  ['of a later incarnation', { brokerEpoch: 21 }, {}, 'STALE_BROKER_EPOCH'],
  ['of a broker that is not registered', {}, { brokerEpoch: undefined }, 'STALE_BROKER_EPOCH'],
  ['for an unknown partition', {}, { partition: undefined }, 'UNKNOWN_TOPIC_OR_PARTITION'],
  ['from a later leader epoch (KAFKA-14154)', { leaderEpoch: 5 }, {}, 'NOT_CONTROLLER'],
  ['from a later partition epoch (KAFKA-14154)', { partitionEpoch: 8 }, {}, 'NOT_CONTROLLER'],
  ['from an earlier leader epoch', { leaderEpoch: 3 }, {}, 'FENCED_LEADER_EPOCH'],
  ['G17 that repeats the present state', { isr: [2, 1] }, {}, 'unchanged'],
  ['that repeats what an earlier one has achieved', { isr: [1, 2], partitionEpoch: 6 }, {}, 'unchanged'],
  ['from an earlier partition epoch', { partitionEpoch: 6 }, {}, 'INVALID_UPDATE_VERSION'],
  ['with a member that is about to stop (KIP-841)', {}, { live: [1, 2] }, 'INELIGIBLE_REPLICA'],
  ['of a recovering leader with company', { recovering: true }, {}, 'INVALID_REQUEST'],
  ['that turns back to recovering', { isr: [1], recovering: true }, {}, 'INVALID_REQUEST'],
  [
    'of a recovering leader that stays alone and recovering',
    { isr: [1], recovering: true },
    { partition: { ...known, isr: [1, 2], recovering: true } },
    'write',
  ],
])('a request %s', (_fact, change, seen, answer) => {
  expect(answerAlterPartition({ ...request, ...change }, { ...view, ...seen })).toBe(answer);
});
