import { expect, test } from 'vitest';
import replication from '../../invariants/kafka/replication.ts';
import abstract from '../../invariants/kafka/replication-abstract.ts';
import { explore } from '../model/examples/explore.ts';
import { asRow, requestOf, slowRows } from '../model/kafka/abstract-table.ts';
import { catalogue, slowChanges } from '../model/kafka/catalogue.ts';

test.each(slowRows)(
  '$variant with $bounds.replicas replicas has $states states, as counted elsewhere',
  async (row) => {
    expect(asRow(await explore(abstract, requestOf(row)), row)).toEqual(row);
  },
);

test.each(slowChanges)('the change %s does what it declares', async (change) => {
  expect(await catalogue(replication, [change])).toMatchObject([{ change, agrees: true }]);
});

// Replicated data survives what KIP-966 says it survives: bounds beyond those of the command's default.
const oneOfEach = { processCrashes: 1, machineCrashes: 1, cleanStops: 1, records: 2, moves: 0 };
const threeBrokers = { replicas: 3 };
test.each([
  [{ ...oneOfEach, shrinks: 0 }, 893_570],
  [{ ...oneOfEach, shrinks: 1 }, 4_098_337],
  [{ ...threeBrokers, processCrashes: 1, shrinks: 0 }, 2_770_362],
  [{ ...threeBrokers, processCrashes: 1, moves: 0 }, 1_684_537],
  [{ ...threeBrokers, machineCrashes: 2, minInsyncReplicas: 3, moves: 0 }, 1_322_387],
  [{ ...threeBrokers, machineCrashes: 0, processCrashes: 1, wipes: 1, moves: 0 }, 117_700],
])('kafka/replication with %j holds, in %i states', async (set, states) => {
  const { verdict, complete, distinct } = await explore(replication, { set });
  expect([verdict, complete, distinct]).toEqual(['holds', true, states]);
});

test('three brokers: two shrinks and one lost disk lose an acknowledged record, unless eligible replicas are kept', async () => {
  const set = { replicas: 3, shrinks: 2, moves: 0 };
  const { violations } = await explore(replication, { set, changes: ['lastReplicaStanding'] });
  const lost = violations.find(({ property }) => property === 'ackedNotLost');
  expect(lost?.path?.steps.length).toBe(13);
  const repaired = await explore(replication, { set });
  expect([repaired.verdict, repaired.distinct]).toEqual(['holds', 205_890]);
});
