import { expect, test } from 'vitest';
import { headline } from '../../../../checker/trace/headline.ts';
import { renderHtml } from '../../../../checker/trace/html/page.ts';
import type { Trace } from '../../../../checker/trace/trace.ts';
import dieHardSpec from '../../../../invariants/examples/die-hard.ts';
import { findTrace } from '../find.ts';
import { ballotSpec, boxesSpec } from '../models.ts';

/** What a reader sees of a page, tags gone. */
function textOf(html: string): string {
  const body = html.slice(html.indexOf('<body>')).replace(/<(script|style)[\s\S]*?<\/\1>/g, '');
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return body.replace(/<[^>]*>/g, ' ').replace(/&(#?\w+);/g, (_, name) => entities[name] ?? '?');
}

test('a page tells the headline, the design and every step', async () => {
  const trace = await findTrace(ballotSpec, 'oneLeader');
  const text = textOf(renderHtml(trace));
  expect(text).toContain(`test/ballot: ${headline(trace)}`);
  expect(text).toContain('servers=3');
  for (const { says } of trace.steps) expect(text).toContain(says);
});

test('a page names no address, and forbids every request', async () => {
  const html = renderHtml(await findTrace(ballotSpec, 'oneLeader'));
  expect(html).not.toMatch(/https?:|\bsrc=|\burl\(|@import/);
  expect(html).toContain(`content="default-src 'none';`);
});

test('text of a model stays text, in the page and in its data', async () => {
  const trace = await findTrace(boxesSpec, 'quiet');
  const steps = trace.steps.map((step) => ({ ...step, says: '</script><script>alert(1)</script>' }));
  const html = renderHtml({ ...trace, steps, initial: { ...trace.initial, note: '</script><hi>' } });
  expect(html.match(/<script/g)).toHaveLength(2); // the data and the page's own
  expect(html).not.toContain('<hi>');
});

test('a run without lanes has no drawing; a witness that no run reaches has no steps', async () => {
  expect(renderHtml(await findTrace(dieHardSpec, 'fourLitres'))).not.toContain('<svg');
  const never = renderHtml(await findTrace(ballotSpec, 'never'));
  expect(textOf(never)).toContain('never is not reached');
  expect(never).not.toContain('<table');
});

test('the steps of a loop are marked, and the end says that it goes on', async () => {
  const trace = await findTrace(ballotSpec, 'oneLeader');
  const looping: Trace = { ...trace, loop: trace.steps.length - 2 };
  const html = renderHtml(looping);
  expect(html.match(/<tr data-step[^>]*class="loop"/g)).toHaveLength(2);
  expect(textOf(html)).toContain(`repeats steps ${trace.steps.length - 1} to ${trace.steps.length} for ever`);
});

test('a run of 120 steps stays under 300 kB', async () => {
  const trace = await findTrace(ballotSpec, 'oneLeader');
  const steps = Array.from({ length: 120 }, (_, i) => trace.steps[i % trace.steps.length]).filter(
    (step) => step !== undefined,
  );
  expect(Buffer.byteLength(renderHtml({ ...trace, steps }))).toBeLessThan(300_000);
});
