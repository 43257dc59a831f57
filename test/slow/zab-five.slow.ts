import { expect, test } from 'vitest';
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
