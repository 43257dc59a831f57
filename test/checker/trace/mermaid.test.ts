import { expect, test } from 'vitest';
import { renderMermaid } from '../../../checker/trace/mermaid.ts';
import type { Trace } from '../../../checker/trace/trace.ts';
import dieHardSpec from '../../../invariants/examples/die-hard.ts';
import { findTrace } from './find.ts';
import { ballotSpec, boxesSpec } from './models.ts';

/** What a diagram says, read back: the grammar of the few lines that we write. */
function read(text: string): string[] {
  const [first, ...lines] = text.split('\n');
  expect(first).toBe('sequenceDiagram');
  return lines.map((line) => {
    expect(line).toMatch(/^ {2}(%%|participant L\d+ as|Note over L\d+(,L\d+)?:|L\d+-\)L\d+:) \S/);
    // Nothing but entities may hold the characters that end a text.
    expect(line.replace(/#\d+;/g, '')).not.toMatch(/[#;<>&"]/);
    return line.trim().replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
  });
}

async function golden(name: string, trace: Trace): Promise<void> {
  await expect(`${renderMermaid(trace)}\n`).toMatchFileSnapshot(`../../fixtures/traces/${name}.mmd`);
}

test('messages between lanes', async () => golden('ballot', await findTrace(ballotSpec, 'oneLeader')));

test('read back, awkward text is what it was', async () => {
  const lines = read(renderMermaid(await findTrace(boxesSpec, 'quiet')));
  expect(lines).toEqual([
    '%% test/boxes',
    'participant L0 as client ann',
    'participant L1 as client bob',
    'Note over L0: 1. post(ann, bob): delivered',
    'L0-)L1: from ann; "<hi>"',
    'Note over L1: 2. bob takes FROM ANN; "<HI>"',
    'Note over L0: 3. post(ann, bob): delivered',
    'L0-)L1: from ann; "<hi>"',
    'Note over L1: 4. bob takes FROM ANN; "<HI>"',
    'Note over L0,L1: quiet is violated after 4 steps: bob hears 2 words',
  ]);
});

test('a run without lanes is told in one', async () => {
  const lines = read(renderMermaid(await findTrace(dieHardSpec, 'fourLitres')));
  expect(lines[1]).toBe('participant L0 as the system');
  expect(lines).toHaveLength(2 + 6 + 1);
});

test('no run, and a run without an end', async () => {
  const never = await findTrace(ballotSpec, 'never');
  expect(read(renderMermaid(never)).at(-1)).toBe(
    'Note over L0,L2: never is not reached: no reachable state is one',
  );
  const trace = await findTrace(ballotSpec, 'votesStay');
  expect(renderMermaid({ ...trace, loop: 2 })).toContain('the run stops for ever after step 2');
});

test('a line break in a sentence does not break the diagram', async () => {
  const trace = await findTrace(ballotSpec, 'votesStay');
  const steps = trace.steps.map((step) => ({ ...step, says: 'one\nL0->>L1: forged' }));
  expect(read(renderMermaid({ ...trace, steps })).filter((line) => line.startsWith('L0-'))).toHaveLength(2);
});
