import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

// The page cites packets of real runs: each must be in the recorded evidence, at that time and between those servers.

const root = new URL('../../', import.meta.url);
const page = await readFile(new URL('docs/findings/stale-ack.md', root), 'utf8');

interface Packet {
  readonly ms: number;
  readonly dir: string;
  readonly type: string;
  readonly zxid: string;
}

const linesOf = async <T>(run: string, file: string): Promise<T[]> => {
  const text = await readFile(new URL(`test/fixtures/stale-ack/${run}/${file}`, root), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
};

/** The rows of a table from this text on: ms, from, to, type, zxid. */
const citedAfter = (start: string): string[] => {
  const table = page.slice(page.indexOf(start)).split(/\n\n(?!\|)/)[0] ?? '';
  return [...table.matchAll(/\| (\d{4}) \| `(\d)→(\d) (\w+) (0x[0-9a-f]+)`/g)].map(
    ([, ms, from, to, type, zxid]) => `${ms} ${from}->${to} ${type} ${zxid}`,
  );
};

test.each([
  ['leader-crash', 'Beside it the run `leader-crash`', 10],
  ['committed-not-applied', 'The run [`committed-not-applied`]', 5],
  ['five', 'The run [`five`]', 5],
])('%s: the packets that the page cites were recorded', async (run, start, count) => {
  const cited = citedAfter(start);
  expect(cited).toHaveLength(count);
  const packets = await linesOf<Packet>(run, 'packets.jsonl');
  const recorded = packets.map(({ ms, dir, type, zxid }) => `${ms} ${dir} ${type} ${zxid}`);
  expect(cited.filter((packet) => !recorded.includes(packet))).toEqual([]);
});

test.each(['leader-crash', 'five'])('%s: one ack, then TRUNC below it, then the commit', async (run) => {
  const verdict = JSON.parse(
    await readFile(new URL(`test/fixtures/stale-ack/${run}/verdict.json`, root), 'utf8'),
  );
  const { L, f } = verdict.roles;
  const packets = await linesOf<Packet>(run, 'packets.jsonl');
  const at = (dir: string, type: string, zxid: string) =>
    packets.flatMap((packet, i) =>
      packet.dir === dir && packet.type === type && packet.zxid === zxid ? [i] : [],
    );
  const acks = at(`${f}->${L}`, 'ACK', verdict.zxid);
  const [trunc = -1] = at(`${L}->${f}`, 'TRUNC', `0x${(BigInt(verdict.zxid) - 1n).toString(16)}`);
  const [commit = -1] = at(`${L}->${f}`, 'COMMIT', verdict.zxid);
  expect(acks).toHaveLength(1);
  expect(acks[0]).toBeLessThan(trunc);
  expect(trunc).toBeLessThan(commit);
});

test.each(['leader-crash', 'five', 'committed-not-applied', 'acks-dropped-committed-not-applied'])(
  '%s: the write was acknowledged, and no server has it at the end',
  async (run) => {
    const text = await readFile(new URL(`test/fixtures/stale-ack/${run}/verdict.json`, root), 'utf8');
    const { acknowledged, lost, readAtEnd } = JSON.parse(text);
    expect({ acknowledged, lost }).toEqual({ acknowledged: true, lost: true });
    expect([...new Set(Object.values(readAtEnd))]).toEqual(['NONODE']);
  },
);
