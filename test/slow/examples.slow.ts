import { expect, test } from 'vitest';
import lamportMutex from '../../invariants/examples/lamport-mutex.ts';
import twoPhaseCommit from '../../invariants/examples/two-phase-commit.ts';
import { explore } from '../model/examples/explore.ts';

test('two-phase commit of 7 resource managers has as many states as published', async () => {
  expect(await explore(twoPhaseCommit, { set: { resourceManagers: 7 } })).toMatchObject({
    verdict: 'holds',
    complete: true,
    distinct: 296_448,
    generated: 2_744_706,
    depth: 23,
    initial: 1,
    deadlocks: 0,
  });
});

test('lamport-mutex of 3 processes with clocks up to 6 has as many states as published', async () => {
  expect(await explore(lamportMutex, { set: { processes: 3, clock: 6 } })).toMatchObject({
    verdict: 'holds',
    complete: true,
    distinct: 724_274,
    generated: 2_729_079,
    depth: 61,
    initial: 1,
    deadlocks: 0,
  });
});
