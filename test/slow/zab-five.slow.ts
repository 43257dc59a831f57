import { describe, expect, test } from 'vitest';
import { configure } from '../../checker/language/configure.ts';
import { breadthFirst } from '../../checker/search/breadth-first.ts';
import { Space } from '../../checker/space/space.ts';
import zabImplementation from '../../invariants/zookeeper/zab-implementation.ts';

test('five servers: the stale ack loses a write with one crash, if the other server that has it votes late', async () => {
  const properties = zabImplementation.properties.filter(({ name }) => name === 'leaderCompleteness');
  const set = { servers: 5, crashes: 1, epochs: 2, start: 'proposed' };
  const spec = { model: zabImplementation.model, properties };
  const { violations } = await breadthFirst(new Space(configure(spec, { set, changes: ['staleAcksKept'] })));
  expect(violations.map(({ path }) => path?.steps.length)).toEqual([26]);
});

describe('five servers, a proposal under way, one broken connection, all states: each design of the repair', () => {
  const names = [
    'acksAreTrue',
    'truncationsSpareCommitted',
    'committedOnQuorum',
    'deliveredIsCommitted',
    'nothingRefused',
    'proposalsEnd',
  ];
  const properties = zabImplementation.properties.filter(({ name }) => names.includes(name));
  const spec = { model: zabImplementation.model, properties };

  test.each([
    [[], {}],
    [['staleAcksHead'], { acksAreTrue: 9, truncationsSpareCommitted: 14, committedOnQuorum: 15 }],
    [['repairDropOnDisconnect'], { truncationsSpareCommitted: 14, committedOnQuorum: 15 }],
    [['repairDropByOldHandler'], { acksAreTrue: 9, truncationsSpareCommitted: 14, committedOnQuorum: 15 }],
    [['repairDropOnForwarding'], { truncationsSpareCommitted: 14, committedOnQuorum: 15 }],
    [['repairKeepOwnProposals'], { deliveredIsCommitted: 11, nothingRefused: 18 }],
    [['repairKeepOwnAndPassOver'], { deliveredIsCommitted: 11 }],
    [['staleAcksKept'], { acksAreTrue: 8, committedOnQuorum: 14 }],
    [['committedNotApplied'], { truncationsSpareCommitted: 13, committedOnQuorum: 14 }],
    [['decidesWithoutLock'], { truncationsSpareCommitted: 14, committedOnQuorum: 15 }],
    [['repairWithLateAcks'], { acksAreTrue: 8, committedOnQuorum: 14 }],
  ])('%j', async (changes, steps) => {
    const set = { servers: 5, start: 'proposed', crashes: 0 };
    const result = await breadthFirst(new Space(configure(spec, { set, changes })), { all: true });
    expect(result.complete).toBe(true);
    expect(
      Object.fromEntries(result.violations.map(({ property, path }) => [property, path?.steps.length])),
    ).toEqual(steps);
  });
});
