import { expect, test } from 'vitest';
import abstract from '../../invariants/kafka/replication-abstract.ts';
import { explore } from '../model/examples/explore.ts';
import { asRow, slowRows } from '../model/kafka/abstract-table.ts';

test.each(slowRows)('$variant with $bounds has $states states, as counted elsewhere', async (row) => {
  const request = { set: { ...row.bounds }, changes: row.variant === null ? [] : [row.variant] };
  expect(asRow(await explore(abstract, request), row)).toEqual(row);
});
