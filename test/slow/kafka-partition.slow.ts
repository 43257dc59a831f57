import { expect, test } from 'vitest';
import partitionElection from '../../invariants/kafka/partition-election.ts';
import { explore } from '../model/examples/explore.ts';

const reassignment = { assignments: [[0, 1]], reassignTo: [2, 1] };

// Three brokers, one partition, two failures and a second controller; then each thing that may happen besides, with one failure.
test.each([
  [{ crashes: 2, shrinks: 0 }, 666_665],
  [{ crashes: 2 }, 11_034_960],
  [{ ...reassignment, shrinks: 0 }, 3_731_005],
  [{ crashes: 1, cleanStops: 1, shrinks: 0 }, 5_879_000],
  [{ isrWrites: 'alterPartition', cleanStops: 1, failovers: 0 }, 185_320],
  [{ crashes: 1, expiries: 1, failovers: 0 }, 120_785],
  [{ brokers: 2, failovers: 2 }, 572_108],
  [{ brokers: 2, failovers: 2, shrinks: 0, updateMetadata: true }, 823_169],
])('kafka/partition-election with %j holds, in %i states', async (set, states) => {
  const { verdict, complete, distinct } = await explore(partitionElection, { set });
  expect([verdict, complete, distinct]).toEqual(['holds', true, states]);
});
