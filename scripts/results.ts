// npm run results [-- <model>...]: visits every state of the runs below, one at a time, and writes docs/results.md. All of them
// must hold. With models named, the rows of the others stay as they are.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

type Bounds = Readonly<Record<string, unknown>>;

const runs: Readonly<Record<string, readonly Bounds[]>> = {
  'zookeeper/zab': [
    { transactions: 2, timeouts: 1, restarts: 0 },
    { transactions: 2, timeouts: 0, restarts: 1 },
  ],
  'zookeeper/zab-implementation': [
    { transactions: 1, crashes: 1, disconnects: 1 },
    { transactions: 1, crashes: 2, disconnects: 0 },
    { transactions: 1, crashes: 2, disconnects: 1 },
    { transactions: 2, crashes: 1, disconnects: 1 },
    { transactions: 2, crashes: 2, disconnects: 0 },
    { start: 'fresh', transactions: 1, crashes: 1, disconnects: 1 },
    { start: 'fresh', transactions: 2, crashes: 0, disconnects: 1 },
    { observers: 1, transactions: 1, crashes: 1, disconnects: 1 },
    { discovery: 'byMessage', transactions: 1, crashes: 1, disconnects: 1 },
  ],
  'zookeeper/ensemble': [{}, { crashes: 2, disconnects: 1 }, { start: 'fresh', crashes: 0, disconnects: 0 }],
  'zookeeper/election': [
    {},
    { start: 'established', crashes: 1 },
    { queue: 2 },
    { zxids: [2, 1, 0], timeouts: 1 },
    { inFlight: 1 },
    { start: 'newcomer', giveUps: 2 },
    { start: 'established', giveUps: 3 },
  ],
  'kafka/replication': [
    {},
    { processCrashes: 1, machineCrashes: 1, cleanStops: 1, records: 2, moves: 0, shrinks: 0 },
    { processCrashes: 1, machineCrashes: 1, cleanStops: 1, records: 2, moves: 0, shrinks: 1 },
    { replicas: 3, processCrashes: 1, shrinks: 0 },
    { replicas: 3, processCrashes: 1, moves: 0 },
    { replicas: 3, machineCrashes: 2, minInsyncReplicas: 3, moves: 0 },
    { replicas: 3, shrinks: 2, moves: 0 },
  ],
  'kafka/controller': [
    {},
    { brokers: 3 },
    { brokers: 3, expiries: 2, reads: 'asOne' },
    { brokers: 3, expiries: 2, operatorDeletes: 0, reads: 'asOne' },
    { reads: 'asOne', lostReplies: 1, errors: 1, crashes: 1 },
    { brokers: 3, reads: 'asOne', operatorDeletes: 0, crashes: 1 },
  ],
  'kafka/watcher-herd': [{}],
  'kafka/cluster': [{}, { operatorDeletes: 1 }, { machineCrashes: 0, expiries: 1, shrinks: 1 }],
  'kafka/partition-election': [
    {},
    { crashes: 2, shrinks: 0 },
    { crashes: 2 },
    { isrWrites: 'alterPartition', cleanStops: 1, failovers: 0 },
    { assignments: [[0, 1]], reassignTo: [2, 1], shrinks: 0 },
    { partitions: 2, autoLeaderRebalance: true, failovers: 0 },
  ],
  'kafka/replication-abstract': [{}],
  'kafka/async-isr': [{}],
  'examples/two-phase-commit': [{ resourceManagers: 7 }],
  'examples/lamport-mutex': [{ processes: 3, clock: 6 }],
  'examples/chameneos': [{}],
  'examples/readers-writers': [{}],
  'examples/bounded-fifo': [{}],
  'examples/indexer': [{}],
  'examples/ewd840': [{ nodes: 4 }],
  'examples/dining-philosophers': [{}],
  'examples/alternating-bit': [{}],
  'examples/peterson': [{}],
  'examples/live-hour-clock': [{}],
};

interface Found {
  readonly verdict: string;
  readonly complete: boolean;
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
  readonly seconds: number;
}

const root = fileURLToPath(new URL('..', import.meta.url));

/** One whole process of the command, as anybody would run it. */
function check(model: string, bounds: Bounds): Found {
  const set = Object.entries(bounds).flatMap(([name, value]) => [
    '--set',
    `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  ]);
  const args = ['dist/cli/main.js', 'check', model, ...set, '--json'];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (stdout === '') throw new Error(`${args.join(' ')}: ${stderr}`);
  const found = JSON.parse(stdout) as Found;
  if (found.verdict !== 'holds' || !found.complete) {
    throw new Error(`${args.join(' ')}: ${found.verdict}, expected holds`);
  }
  return found;
}

const wordsFor = (bounds: Bounds): string =>
  Object.entries(bounds)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ') || 'defaults';

const target = new URL('../docs/results.md', import.meta.url);
const kept = readFileSync(target, 'utf8').split('\n');
const named = process.argv.slice(2);
const stranger = named.find((model) => !Object.hasOwn(runs, model));
if (stranger !== undefined) throw new Error(`there are no runs of ${stranger}`);

const lines: string[] = [];
for (const [model, all] of Object.entries(runs)) {
  if (named.length > 0 && !named.includes(model)) {
    lines.push(...kept.filter((line) => line.startsWith(`| \`${model}\` |`)));
    continue;
  }
  for (const bounds of all) {
    const { distinct, generated, depth, seconds } = check(model, bounds);
    const figures = [distinct, generated, depth].map((figure) => figure.toLocaleString('en-US'));
    const cells = [`\`${model}\``, wordsFor(bounds), ...figures, seconds.toFixed(1)];
    lines.push(`| ${cells.join(' | ')} |`);
    console.log(cells.join('  '));
  }
}

const page = `# Results

Written by \`npm run results\` (\`scripts/results.ts\`): do not edit. Every run below visited all states within its bounds, and what
its model promises under them holds. What is not named in the bounds has its default (\`npx fencepost list <model>\`). Generated: initial states and steps,
those into states that were known already among them. Depth: breadth-first levels, the initial states being the first. Seconds: the search alone,
one run at a time on a machine with two shared cores, Node ${process.versions.node.split('.')[0]}; they differ from run to run, the counts do not.

Nothing is said about larger bounds. The runs that break a promise, one for each design change, are what \`npx fencepost verify\` prints.

| model | bounds | states | generated | depth | seconds |
|---|---|---|---|---|---|
${lines.join('\n')}
`;
writeFileSync(target, page);
