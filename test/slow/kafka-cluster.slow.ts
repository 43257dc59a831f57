import { expect, test } from 'vitest';
import cluster from '../../invariants/kafka/cluster.ts';
import { explore } from '../model/examples/explore.ts';
import { catalogue, slowClusterChanges } from '../model/kafka/catalogue.ts';

// Two faults of different kinds, both halves of the model at work.
test.each([
  [{ operatorDeletes: 1 }, [265_100, 1_103_608, 38]],
  [{ expiries: 1 }, [622_628, 2_413_819, 45]],
])('kafka/cluster with %j holds', async (set, counts) => {
  const { verdict, complete, distinct, generated, depth } = await explore(cluster, { set });
  expect([verdict, complete]).toEqual(['holds', true]);
  expect([distinct, generated, depth]).toEqual(counts);
});

const steps: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  unfencedWrites: { noStaleWrite: 9 },
  requestsOfAnyController: { controllerEpochAdopted: 12 },
  requestsInAnyOrder: { leaderEpochAdopted: 14, controllerEpochAdopted: 12 },
  oldIncarnationLeads: { ackedNotLost: 20 },
};

test.each(slowClusterChanges)('the change %s does what it declares', async (change) => {
  expect(await catalogue(cluster, [change])).toEqual([{ change, agrees: true, steps: steps[change] }]);
});
