import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { ZabRules } from '../../../../model/zookeeper/zab/rules.ts';
import { syncDecision } from '../../../../model/zookeeper/zab/sync-decision.ts';
import type { Txn } from '../../../../model/zookeeper/zab/txn.ts';
import { diffOnUnknownZxid } from '../../../../model/zookeeper/zab/variants.ts';
import { counterOf, epochOf, formatZxid, makeZxid } from '../../../../model/zookeeper/zxid.ts';

// Every sync decision that a leader logged in the recorded runs of real ensembles, against the rule.

const folder = new URL('../../../fixtures/zookeeper-logs/', import.meta.url);

interface Logged {
  readonly thread: string;
  readonly max: number;
  readonly min: number;
  readonly lastProcessed: number;
  readonly peer: number;
  said: string;
}

const BEGINS =
  /\[([^\]]+):LearnerHandler@\d+\] - Synchronizing with Learner sid: ?\d+ maxCommittedLog=(0x\w+) minCommittedLog=(0x\w+) lastProcessedZxid=(0x\w+) peerLastZxid=(0x\w+)/;
const ENDS = /\[([^\]]+):LearnerHandler@\d+\] - Sending (.*)/;

function decisionsOf(log: string): Logged[] {
  const open = new Map<string, Logged>();
  const all: Logged[] = [];
  for (const line of log.split('\n')) {
    const begins = BEGINS.exec(line);
    if (begins) {
      const [max = 0, min = 0, lastProcessed = 0, peer = 0] = begins.slice(2).map(Number);
      const decision = { thread: begins[1] ?? '', max, min, lastProcessed, peer, said: '' };
      open.set(decision.thread, decision);
      all.push(decision);
    }
    const ends = ENDS.exec(line);
    const decision = open.get(ends?.[1] ?? '');
    if (ends && decision) {
      decision.said = said(ends[2] ?? '');
      open.delete(decision.thread);
    }
  }
  return all.filter((decision) => decision.said !== '');
}

function said(words: string): string {
  const zxid = /(?:zxid|zxidToSend|send zxid of db as) ?=?(0x\w+)/.exec(
    words.replace(/^snapshot.*send zxid/, 'SNAP send zxid'),
  );
  const op = words.startsWith('snapshot') ? 'SNAP' : words.split(' ')[0];
  return `${op} ${formatZxid(Number(zxid?.[1]))}`;
}

/** What was committed in a run, as far as the decisions tell: (e,1) up to the largest zxid of e in any leader's cache. */
function committedIn(decisions: readonly Logged[]): Txn[] {
  const last = new Map<number, number>();
  for (const { max, min } of decisions) {
    for (const zxid of [max, min])
      last.set(epochOf(zxid), Math.max(last.get(epochOf(zxid)) ?? 0, counterOf(zxid)));
  }
  return [...last]
    .sort(([a], [b]) => a - b)
    .flatMap(([epoch, counter]) =>
      Array.from({ length: counter }, (_, i) => ({ zxid: makeZxid(epoch, i + 1), value: 0 })),
    );
}

const runs = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());

function replay(rule: ZabRules['syncDecision']) {
  const kinds: Record<string, number> = {};
  const contradictions: string[] = [];
  for (const { name } of runs) {
    const logs = readdirSync(new URL(`${name}/`, folder)).filter((file) => file.endsWith('.log.gz'));
    const decisions = logs.flatMap((file) =>
      decisionsOf(gunzipSync(readFileSync(new URL(`${name}/${file}`, folder))).toString()),
    );
    const committed = committedIn(decisions);
    for (const { min, max, lastProcessed, peer, said } of decisions) {
      const committedLog = committed.filter(({ zxid }) => max > 0 && min <= zxid && zxid <= max);
      // The log on disk is not used: a third of these tiny snapshots is too little for any entry of it.
      const decision = rule({ lastProcessed, committedLog, txnLog: null }, peer);
      const made = `${decision.op} ${formatZxid(decision.zxid)}`;
      if (made !== said) contradictions.push(`${name}: the rule says ${made}, the log ${said}`);
      kinds[decision.op] = (kinds[decision.op] ?? 0) + 1;
    }
  }
  return { kinds, contradictions };
}

test('every decision is the one that the rule makes', () => {
  expect(replay(syncDecision)).toEqual({ kinds: { DIFF: 124, SNAP: 12, TRUNC: 2 }, contradictions: [] });
});

test('another rule is contradicted', () => {
  const { contradictions } = replay(diffOnUnknownZxid.syncDecision);
  expect(contradictions).toContainEqual(expect.stringContaining('e3-diverged-snap-1'));
});
