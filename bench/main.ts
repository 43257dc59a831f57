// npm run bench [-- runs]: whole processes from dist, one at a time, medians. Interleave with what you compare against,
// on an idle machine: figures of different days or machines say nothing.
import { type Measured, measure, median } from './measure.ts';

const runs = Number(process.argv[2] ?? 3);
const set = (name: string, value: string | number): string[] => ['--set', `${name}=${value}`];

const searches: readonly (readonly string[])[] = [
  ['examples/two-phase-commit', ...set('resourceManagers', 7)],
  ['examples/two-phase-commit', ...set('resourceManagers', 8)],
  ['examples/two-phase-commit', ...set('resourceManagers', 9)],
  ['examples/lamport-mutex', ...set('clock', 6)],
  ['zookeeper/election'],
  ['zookeeper/election', ...set('start', 'established'), ...set('crashes', 1)],
  ['zookeeper/election', ...set('queue', 2)],
];

const firstCounterexamples: readonly (readonly string[])[] = [
  ['zookeeper/election', '--with', 'roundIgnored', ...set('start', 'established'), ...set('giveUps', 1)],
  ['zookeeper/election', '--with', 'finalizeWithoutComparing', ...set('finalizeWait', 'quiet')],
  ['zookeeper/election', '--with', 'endsWhenAllHaveVoted'],
];

function medians(args: readonly string[]): Measured {
  const all = Array.from({ length: runs }, () => measure(args));
  const first = all[0] as Measured;
  return {
    ...first,
    cpuSeconds: median(all.map((one) => one.cpuSeconds)),
    megabytes: median(all.map((one) => one.megabytes)),
  };
}

const round = (value: number, digits = 0): string => value.toFixed(digits);

console.log(`Node ${process.version}, medians of ${runs} runs, whole processes\n`);
console.log(
  '| search | distinct | generated | CPU s | distinct per CPU s | MB at most | bytes per distinct |',
);
console.log('|---|---|---|---|---|---|---|');
for (const args of searches) {
  const { distinct, generated, cpuSeconds, megabytes } = medians(args);
  const perState = distinct < 1e6 ? '' : round((megabytes * 2 ** 20) / distinct);
  const cells = [
    args.join(' '),
    distinct,
    generated,
    round(cpuSeconds, 2),
    round(distinct / cpuSeconds),
    round(megabytes),
    perState,
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
console.log('\n| first counterexample | CPU s, start included |');
console.log('|---|---|');
for (const args of firstCounterexamples) {
  const { verdict, cpuSeconds } = medians(args);
  if (verdict !== 'violated') throw new Error(`${args.join(' ')}: ${verdict}, expected violated`);
  console.log(`| ${args.join(' ')} | ${round(cpuSeconds, 2)} |`);
}
