import { expect, test } from 'vitest';
import { paragraph } from '../../../checker/trace/paragraph.ts';
import dieHardSpec from '../../../invariants/examples/die-hard.ts';
import election from '../../../invariants/zookeeper/election.ts';
import { findTrace } from './find.ts';
import { ballotSpec } from './models.ts';

test('who takes the steps, what is used up, and what the last step builds on', async () => {
  const request = { set: { start: 'established', giveUps: 1 }, changes: ['roundIgnored'] };
  expect(paragraph(await findTrace(election, 'roundHonesty', request))).toBe(
    'It takes 9 steps: 1 by server 1, 1 by server 2 and 7 by server 3. giveUpBudget goes from 1 to 0 in step 1. ' +
      'The last step builds on what steps 7 and 8 left.',
  );
});

test('a number that goes up and down is not used up, and without lanes nobody is named', async () => {
  expect(paragraph(await findTrace(dieHardSpec, 'fourLitres'))).toBe(
    'It takes 6 steps. The last step builds on what steps 4 and 5 left.',
  );
});

test('what else is known comes last, and is all that there is without a step', async () => {
  const trace = await findTrace(ballotSpec, 'oneLeader');
  expect(paragraph(trace, 'And so it goes.')).toMatch(/^It takes 7 steps: .* And so it goes\.$/);
  expect(paragraph({ ...trace, steps: [] }, 'And so it goes.')).toBe('And so it goes.');
  expect(paragraph({ ...trace, steps: [] })).toBe('');
});
