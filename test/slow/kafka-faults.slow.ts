import { beforeAll, expect, test } from 'vitest';
import { FaultsJson } from '../../cli/json.ts';
import { fencepost } from '../cli/fencepost.ts';

// The whole table of `fencepost faults kafka/replication`: two and three replicas, up to two faults.
let seconds = 0;
let found: FaultsJson;
beforeAll(async () => {
  const begin = performance.now();
  const { out } = await fencepost(['faults', 'kafka/replication', '--json']);
  seconds = (performance.now() - begin) / 1000;
  found = FaultsJson.parse(JSON.parse(out));
}, 20 * 60_000);

test('the table is complete, in less than ten minutes', () => {
  expect([found.complete, found.rows.length]).toEqual([true, 56]);
  expect(seconds).toBeLessThan(600);
});

test('acks=1 loses a record by one fault, acks=all by none', () => {
  for (const { settings, none } of found.rows) expect(none > 0).toBe(settings.acks === 'all');
});

test('acks=all, two replicas: two faults lose a record that is not flushed, or that one replica alone vouches for', () => {
  const two = found.rows.filter(({ settings }) => settings.acks === 'all' && settings.replicas === '2');
  expect(two).toHaveLength(16);
  for (const { settings, none, losses } of two) {
    const alone = settings['min.insync'] === '1' && settings.unclean === 'yes';
    expect([none, losses.length > 0]).toEqual(settings.flush === 'no' || alone ? [1, true] : [2, false]);
  }
});

test('acks=all, three replicas: no two faults lose a record, whatever the other settings', () => {
  const three = found.rows.filter(({ settings }) => settings.acks === 'all' && settings.replicas === '3');
  expect(three).toHaveLength(24);
  for (const { none, losses } of three) expect([none, losses]).toEqual([2, []]);
});
