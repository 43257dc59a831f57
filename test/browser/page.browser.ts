import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { renderHtml, renderPage } from '../../checker/trace/html/page.ts';
import { statesOf } from '../../checker/trace/states.ts';
import type { Trace } from '../../checker/trace/trace.ts';
import controller from '../../invariants/kafka/controller.ts';
import election from '../../invariants/zookeeper/election.ts';
import zab from '../../invariants/zookeeper/zab-implementation.ts';
import { findTrace } from '../checker/trace/find.ts';
import { ballotSpec, boxesSpec } from '../checker/trace/models.ts';
import { launchChromium } from './chromium.ts';

/** For a person to look at; not part of the repository. */
const screenshots = fileURLToPath(new URL('../../coverage/screenshots/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'fencepost-browser-'));

let browser: Browser;
let trace: Trace;
let complaints: string[] = [];

beforeAll(async () => {
  mkdirSync(screenshots, { recursive: true });
  browser = await launchChromium();
  const request = { set: { start: 'established', giveUps: 1 }, changes: ['roundIgnored'] };
  trace = await findTrace(election, 'roundHonesty', request);
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

// What the browser complains of, and every request but for the file itself.
afterEach(() => {
  expect(complaints).toEqual([]);
  complaints = [];
});

/** Opens a page from disk. */
async function open(html: string, colorScheme: 'light' | 'dark' = 'light', hash = ''): Promise<Page> {
  const file = join(folder, 'page.html');
  writeFileSync(file, html);
  const page = await browser.newPage({ viewport: { width: 1500, height: 1000 }, colorScheme });
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) complaints.push(request.url());
  });
  await page.goto(pathToFileURL(file).href + hash);
  return page;
}

const currentStep = (page: Page): Promise<string | null> =>
  page.locator('tr[aria-current=step]').getAttribute('data-step');

test('the keys move from step to step, and stop at both ends', async () => {
  const page = await open(renderHtml(trace));
  expect(await currentStep(page)).toBe('0');
  for (const [key, step] of [
    ['j', '1'],
    ['ArrowDown', '2'],
    ['k', '1'],
    ['End', '9'],
    ['j', '9'],
    ['ArrowUp', '8'],
    ['Home', '0'],
    ['k', '0'],
  ] as const) {
    await page.keyboard.press(key);
    expect(await currentStep(page), key).toBe(step);
  }
  expect(await page.locator('.where').textContent()).toBe('step 0 of 9');
});

test('buttons and clicks move too, and the address keeps the step', async () => {
  const page = await open(renderHtml(trace));
  await page.locator('button.next').click();
  await page.locator('tr[data-step="4"] .says').click();
  expect(await currentStep(page)).toBe('4');
  await page.locator('button.previous').click();
  expect(new URL(page.url()).hash).toBe('#step-3');
  await page.locator('tr[data-step="7"] td.number a').click(); // to the step that sent what it receives
  await expect.poll(() => currentStep(page)).toBe('6');
  expect(await currentStep(await open(renderHtml(trace), 'light', '#step-5'))).toBe('5');
});

test('the state after each step is the one of the trace', async () => {
  const page = await open(renderHtml(trace));
  for (const state of statesOf(trace)) {
    const lines = await page.locator('.state div').allTextContents();
    expect(lines).toEqual([...state].map(([name, value]) => `${name}: ${JSON.stringify(value)}`));
    await page.keyboard.press('j');
  }
  expect(await page.locator('.state .now').count()).toBe(trace.steps.at(-1)?.changes.length);
});

test('columns of numbers are shown at first, others when they are asked for', async () => {
  const page = await open(renderHtml(trace));
  const titles = (): Promise<string[]> => page.locator('thead th.value.first:visible').allTextContents();
  const before = await titles();
  expect(before).toContain('server.logicalclock');
  expect(before).not.toContain('server.state');
  await page.getByLabel('server.state').check();
  expect(await titles()).toContain('server.state');
  expect(await page.locator('tr[data-step="9"] td.changed:visible').allTextContents()).toContain('LEADING');
});

test('what is shown at first fits beside the story: a long run of Zab, one of the controller', async () => {
  const staleAcks = { set: { transactions: 1, crashes: 1, disconnects: 1 }, changes: ['staleAcksKept'] };
  const runs = {
    zab: await findTrace(zab, 'leaderCompleteness', staleAcks),
    controller: await findTrace(controller, 'noStaleWrite', { changes: ['unfencedWrites'] }),
  };
  for (const [name, run] of Object.entries(runs)) {
    const html = renderHtml(run);
    expect(Buffer.byteLength(html)).toBeLessThan(300_000);
    const page = await open(html);
    await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });
    expect(
      await page.evaluate(`((wide) => wide.scrollWidth - wide.clientWidth)(document.querySelector('.wide'))`),
    ).toBe(0);
    expect(await page.locator('header p').nth(1).textContent()).toMatch(/^It takes 1\d steps: /);
  }
});

test('a foreign word does not become a part of the page', async () => {
  const page = await open(renderHtml(await findTrace(boxesSpec, 'quiet')));
  expect(await page.locator('hi').count()).toBe(0);
  expect(await page.locator('tbody').textContent()).toContain('"<HI>"');
});

test('light, dark and on paper', async () => {
  const backgrounds: string[] = [];
  for (const scheme of ['light', 'dark'] as const) {
    const page = await open(renderHtml(trace), scheme);
    await page.keyboard.press('j');
    await page.screenshot({ path: join(screenshots, `counterexample-${scheme}.png`), fullPage: true });
    backgrounds.push(await page.evaluate('getComputedStyle(document.body).backgroundColor'));
  }
  expect(backgrounds).toEqual(['rgb(255, 255, 255)', 'rgb(13, 17, 23)']);
  const page = await open(renderHtml(trace));
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('nav').isVisible()).toBe(false);
  expect(await page.locator('tr[data-step="9"] .says').isVisible()).toBe(true);
  expect((await page.pdf()).length).toBeGreaterThan(10_000);
});

test('nothing is written over anything else: cells hold their texts, arrows end on their lanes', async () => {
  const page = await open(renderHtml(trace));
  const spilt = await page.evaluate(
    `[...document.querySelectorAll('td.story, td.value')].filter((cell) => cell.scrollWidth > cell.clientWidth + 1).length`,
  );
  expect(spilt).toBe(0);
  const lanes = await page.locator('th.lanes .lane').all();
  const boxes = await Promise.all(lanes.map((lane) => lane.boundingBox()));
  const centres = boxes.map((box) => (box?.x ?? 0) + (box?.width ?? 0) / 2);
  expect(centres).toHaveLength(3);
  const arrow = await page.locator('tr[data-step="3"] line.arrow').boundingBox(); // from server 1 to server 3
  expect(Math.abs((arrow?.x ?? 0) - (centres[0] ?? 0))).toBeLessThan(3);
  expect(Math.abs((arrow?.x ?? 0) + (arrow?.width ?? 0) - (centres[2] ?? 0))).toBeLessThan(10);
});

test('two runs on one page move apart from each other', async () => {
  const other = await findTrace(ballotSpec, 'oneLeader');
  const part = (heading: string, run: Trace) => ({ heading, paragraphs: ['<b>as text</b>'], trace: run });
  const page = await open(renderPage('two sides', [part('one', trace), part('the other', other)]));
  await page.locator('#run-2 button.next').click();
  expect(
    await page.locator('tr[aria-current=step]').evaluateAll((rows) => rows.map((row) => row.id)),
  ).toEqual(['run-1-0', 'run-2-1']);
  expect(await page.locator('p b').count()).toBe(0);
});
