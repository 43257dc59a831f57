import { expect, test } from 'vitest';
import controller from '../../../invariants/kafka/controller.ts';
import { explore } from '../examples/explore.ts';
import { undeclared } from '../mutants.ts';
import { catalogue } from './catalogue.ts';

const unpromised = ['resignsWhenItCeases'];
const liveness = ['eventuallyController', 'brokersHear'];
const stale = ['maybeResign', 'receiveLate'];

test.each([
  ['at its default bounds', {}, [12_917, 32_229, 24], [], [...unpromised, ...liveness]],
  ['with a crash', { operatorDeletes: 0, crashes: 1 }, [18_700, 47_045, 26], ['maybeResign'], unpromised],
  [
    'from the start',
    { start: 'empty', operatorDeletes: 0 },
    [15_119, 38_554, 24],
    ['maybeResign'],
    unpromised,
  ],
  ['with a lost reply', { lostReplies: 1, operatorDeletes: 0 }, [702, 1_355, 17], stale, unpromised],
  ['with a failed failover', { errors: 1, operatorDeletes: 0 }, [1_566, 3_175, 24], stale, unpromised],
  ['with a pause', { pauses: 1, duplicates: 1, operatorDeletes: 0 }, [2_552, 6_605, 18], stale, unpromised],
  ['all brokers at once', { receivers: 'all', operatorDeletes: 0 }, [326, 733, 16], stale, unpromised],
])(
  'holds %s; every action is taken and every promise says something',
  async (_, set, counts, without, silent) => {
    const { verdict, complete, taken, properties, distinct, generated, depth } = await explore(controller, {
      set,
    });
    expect([verdict, complete]).toEqual(['holds', true]);
    const never = [...taken].filter(([, times]) => times === 0).map(([action]) => action);
    const idle = properties.filter(({ result, premise }) => result === 'unchecked' || premise === 0);
    expect([never, idle.map(({ name }) => name)]).toEqual([without, silent]);
    expect([distinct, generated, depth]).toEqual(counts);
  },
);

// The shortest runs that break, or are repaired, as measured.
const steps: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  unfencedWrites: { noStaleWrite: 10 },
  deletesAnyController: { noStaleWrite: 11 },
  createThenBump: { electedByOwner: 6 },
  requestsOfAnyController: { controllerEpochAdopted: 11 },
  requestsToAnyIncarnation: { incarnationSafe: 6 },
  bouncedUnnoticed: { brokersHear: 6 },
  newerIncarnationRefused: { brokersHear: 9 },
  everyBrokerWatches: { onlyControllersHear: 1 },
  ownerIsController: { eventuallyController: 10, oneEpochOwner: 10, oneEffective: 10 },
  electsWhenNobodyIs: { eventuallyController: 8 },
  resignsAtAnyLook: { resignsWhenItCeases: 14 },
};

test('each change of the catalogue does what it declares', async () => {
  const rows = await catalogue(controller);
  expect(rows.filter(({ agrees }) => agrees !== true)).toEqual([]);
  expect(Object.fromEntries(rows.map((row) => [row.change, row.steps]))).toEqual(steps);
});

test('each seeded fault is caught, or known to do no harm; every promise is broken by some fault or change', async () => {
  expect(await undeclared(controller)).toEqual({ mutants: [], unviolated: ['twoBelieve'] });
});

test('two believe to be the controller: after three steps, when the operator has moved it', async () => {
  const { properties } = await explore(controller, { set: { brokers: 3, reads: 'asOne', expiries: 0 } });
  expect(properties.find(({ name }) => name === 'twoBelieve')).toMatchObject({ result: 'reached' });
});

const beyondPromise = true;

test('a controller that is deleted before anybody watches it again leaves none', async () => {
  const shortest = async (set: object, changes: readonly string[] = []) => {
    const { violations } = await explore(controller, { set: { ...set, beyondPromise }, changes });
    return violations.map(({ property, path }) => [property, path?.steps.length]);
  };
  const alone = { brokers: 1, expiries: 0, start: 'empty' };
  expect(await shortest(alone)).toEqual([
    ['eventuallyController', 8],
    ['brokersHear', 8],
  ]);
  expect(await shortest(alone, ['electsWhenNobodyIs'])).toEqual([]);
  expect(await shortest({})).toContainEqual(['eventuallyController', 16]);
  expect(await shortest({}, ['electsWhenNobodyIs'])).toEqual([]);
});

test('an operator who writes the id of the loser into /controller gives it the epoch of the winner', async () => {
  const set = { expiries: 0, operatorDeletes: 0, operatorRewrites: 1, start: 'empty', beyondPromise };
  const { violations } = await explore(controller, { set });
  expect(violations.map(({ property }) => property)).toContain('oneEpochOwner');
  const repaired = await explore(controller, { set, changes: ['ownerIsController'] });
  expect([repaired.verdict, repaired.complete]).toEqual(['holds', true]);
});
