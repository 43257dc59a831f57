import { expect, test } from 'vitest';
import controller from '../../invariants/kafka/controller.ts';
import herd from '../../invariants/kafka/watcher-herd.ts';
import { explore } from '../model/examples/explore.ts';

// The controller beyond the bounds of the quick tests. Where no operator touches /controller, liveness is checked as well.
const asOne = { reads: 'asOne' };
test.each([
  [{ ...asOne, brokers: 3, expiries: 2 }, [8_347_995, 32_438_468, 37]],
  [{ brokers: 3 }, [781_777, 2_726_755, 30]],
  [{ expiries: 2 }, [299_303, 894_086, 36]],
  [{ ...asOne, lostReplies: 1, errors: 1, crashes: 1 }, [2_247_323, 6_840_455, 37]],
  [{ ...asOne, brokers: 3, operatorDeletes: 0, crashes: 1 }, [216_245, 691_907, 27]],
  [{ ...asOne, brokers: 3, operatorDeletes: 0, expiries: 2 }, [124_618, 404_060, 27]],
  [{ ...asOne, brokers: 3, operatorDeletes: 0, start: 'empty' }, [248_265, 816_975, 23]],
  [{ ...asOne, operatorDeletes: 0, lostReplies: 1, errors: 1, crashes: 1 }, [76_453, 192_373, 29]],
  [{ receivers: 'all', expiries: 2, duplicates: 1, operatorDeletes: 0 }, [58_328, 225_264, 31]],
])('kafka/controller with %j holds', async (set, counts) => {
  const { verdict, complete, distinct, generated, depth, properties } = await explore(controller, { set });
  expect([verdict, complete]).toEqual(['holds', true]);
  expect([distinct, generated, depth]).toEqual(counts);
  const live = properties.filter(({ kind, result }) => kind === 'temporal' && result === 'holds');
  expect(live.length).toBe('operatorDeletes' in set ? 3 : 1);
});

test('what an operator may break is repaired for three brokers too', async () => {
  const deleted = { ...asOne, brokers: 3, expiries: 0, operatorDeletes: 2, beyondPromise: true };
  const broken = await explore(controller, { set: deleted });
  expect(broken.violations.map(({ property }) => property)).toContain('eventuallyController');
  const repaired = await explore(controller, { set: deleted, changes: ['electsWhenNobodyIs'] });
  expect([repaired.verdict, repaired.complete]).toEqual(['holds', true]);
});

test('five brokers, three partitions: a death costs sixteen notifications in whatever order', async () => {
  const set = { brokers: 5, partitions: 3, watchedBy: 'everyBroker' };
  const { violations } = await explore(herd, { set });
  expect(
    violations.map(({ property, sentence }) => [property, sentence?.includes('16 notifications')]),
  ).toEqual([['oneNotification', true]]);
});
