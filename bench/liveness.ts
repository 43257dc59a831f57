// npx tsx bench/liveness.ts [runs], and the last table of npm run bench: what liveness costs beside the same search for safety
// alone, in one process, by turns.
import { configure } from '../checker/language/configure.ts';
import type { Spec } from '../checker/language/index.ts';
import { breadthFirst } from '../checker/search/breadth-first.ts';
import { Space } from '../checker/space/space.ts';
import ewd840 from '../invariants/examples/ewd840.ts';
import readersWriters from '../invariants/examples/readers-writers.ts';
import controller from '../invariants/kafka/controller.ts';
import election from '../invariants/zookeeper/election.ts';
import { median } from './measure.ts';

/** What is worked out on the transitions takes so much more for a while: the arrays of components, parts, ways. */
const WORK_BYTES_PER_STATE = 45;

const runs = Number(process.argv[2] ?? 3);

type Set = Readonly<Record<string, unknown>>;

const searches: readonly (readonly [Spec, Set])[] = [
  [ewd840, { nodes: 7 }],
  [ewd840, { nodes: 8 }],
  [readersWriters, { actors: 4 }],
  [election, { recovery: 'fair', finalizeWait: 'noBetter' }],
  [controller, { brokers: 3, start: 'empty', reads: 'asOne', operatorDeletes: 0 }],
];

const safetyOf = ({ model, properties }: Spec): Spec => ({
  model,
  properties: properties.filter(({ kind }) => kind !== 'temporal'),
});

async function search(spec: Spec, set: Set) {
  const space = new Space(configure(spec, { set }));
  globalThis.gc?.();
  const begin = process.cpuUsage();
  const result = await breadthFirst(space, { all: true });
  const { user, system } = process.cpuUsage(begin);
  return { ...result, cpu: (user + system) / 1e6 };
}

console.log(`\nLiveness: Node ${process.version}, medians of ${runs} runs, one process\n`);
console.log(
  '| search | distinct | transitions | claims | CPU s, safety | with liveness | more | bytes per transition |',
);
console.log('|---|---|---|---|---|---|---|---|');
for (const [spec, set] of searches) {
  const pairs: (readonly [number, number])[] = [];
  let last = await search(spec, set); // warms up
  for (let i = 0; i < runs; i++) {
    const safety = await search(safetyOf(spec), set);
    last = await search(spec, set);
    pairs.push([safety.cpu, last.cpu]);
  }
  const safety = median(pairs.map(([one]) => one));
  const both = median(pairs.map(([, other]) => other));
  const { transitions = 0, bytes = 0 } = last.liveness ?? {};
  const claims = last.properties.filter(({ kind, result }) => kind === 'temporal' && result !== 'unchecked');
  const cells = [
    `${spec.model.name} ${JSON.stringify(set)}`,
    last.distinct,
    transitions,
    claims.length,
    safety.toFixed(2),
    both.toFixed(2),
    `${Math.round((both / safety - 1) * 100)} %`,
    ((bytes + WORK_BYTES_PER_STATE * (last.distinct ?? 0)) / transitions).toFixed(1),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
