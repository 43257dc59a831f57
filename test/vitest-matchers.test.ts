import { expect, test } from 'vitest';
import peterson from '../invariants/examples/peterson.ts';
import twoPhaseCommit from '../invariants/examples/two-phase-commit.ts';
import election from '../invariants/zookeeper/election.ts';
import { election as bareElection } from '../model/zookeeper/election.ts';
import '../vitest.ts';

/** What a failing matcher says. */
async function failure(matcher: Promise<unknown>): Promise<string> {
  const error = await matcher.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  return (error as Error).message;
}

const old = { set: { start: 'established', giveUps: 1 }, with: ['roundIgnored'] } as const;

test('a model that holds', async () => {
  await expect(twoPhaseCommit).toHold();
  await expect(twoPhaseCommit).not.toViolate('consistent');
});

test('a violation, no later than expected', async () => {
  await expect(election).toViolate('roundHonesty', old);
  await expect(election).toViolate('roundHonesty', { ...old, within: 9 });
  await expect(election).not.toHold(old);
});

test('the counterexample is in the message', async () => {
  const message = await failure(expect(election).toHold(old));
  expect(message).toMatch(/^zookeeper\/election with roundIgnored violates roundHonesty after 9 steps\n/);
  expect(message).toContain('9  server 3 takes the message of 2 and goes LEADING by it, leader 3');
});

test('a violation that comes later than expected, or not at all', async () => {
  expect(await failure(expect(election).toViolate('roundHonesty', { ...old, within: 8 }))).toMatch(
    /^zookeeper\/election with roundIgnored violates roundHonesty after 9 steps; expected within 8\n/,
  );
  expect(await failure(expect(peterson).toViolate('mutualExclusion'))).toMatch(/holds: \d+ states$/);
});

test('a search that a limit stops proves nothing', async () => {
  expect(await failure(expect(twoPhaseCommit).toHold({ states: 10 }))).toMatch(
    /was not searched to the end: /,
  );
  expect(await failure(expect(twoPhaseCommit).toViolate('consistent', { states: 10 }))).toContain(
    'to the end',
  );
});

test('some properties alone, and a bare model', async () => {
  await expect(election).toHold({ ...old, properties: ['validity'] });
  await expect(bareElection).toHold({ set: { servers: 1 } });
});

test('what is no model, and an unknown property, are refused', async () => {
  expect(await failure(expect({ servers: 3 }).toHold())).toContain('defineModel');
  expect(await failure(expect(peterson).toViolate('mutualExlusion'))).toContain(
    "no property 'mutualExlusion'",
  );
});
