// npm run bench [-- runs]: whole processes from dist, one at a time, medians, beside Spin on the same model. Interleave with
// what you compare against, on an idle machine: figures of different days or machines say nothing.
import { cpus } from 'node:os';
import { type Measured, medians } from './measure.ts';
import { compiled, medianOf, missing, verify } from './spin.ts';
import { firstCounterexamples, searches } from './suite.ts';

const runs = Number(process.argv[2] ?? 3);
const round = (value: number, digits = 0): string => value.toFixed(digits);
const row = (cells: readonly (string | number)[]): void => console.log(`| ${cells.join(' | ')} |`);

function head(...titles: string[]): void {
  console.log('');
  row(titles);
  console.log(`|${'---|'.repeat(titles.length)}`);
}

const processors = cpus();
console.log(
  `Node ${process.version}, ${processors.length} x ${processors[0]?.model}, medians of ${runs} runs, whole processes`,
);

head(
  'search',
  'distinct',
  'generated',
  'workers',
  's',
  'CPU s',
  'distinct per CPU s',
  'MB at most',
  'bytes per distinct',
  'speed-up',
);
const alone = new Map<string, Measured>();
for (const { name, args } of searches) {
  for (const workers of [1, 2]) {
    const one = medians([...args, '--workers', `${workers}`], runs);
    if (workers === 1) alone.set(name, one);
    const { distinct, generated, seconds, cpuSeconds, megabytes } = one;
    row([
      name,
      distinct,
      generated,
      workers,
      round(seconds, 1),
      round(cpuSeconds, 1),
      round(distinct / cpuSeconds),
      round(megabytes),
      distinct < 1e6 ? '' : round((megabytes * 2 ** 20) / distinct),
      workers === 1 ? '' : round((alone.get(name)?.seconds ?? Number.NaN) / seconds, 2),
    ]);
  }
}

const absent = missing();
if (absent !== undefined) console.log(`\nNothing beside Spin: ${absent}.`);
else {
  head(
    'beside Spin (gcc -O3, exact, depth-first)',
    'distinct',
    'CPU s',
    'bytes per distinct',
    "one worker's CPU time to Spin's",
  );
  for (const { name, twin } of searches) {
    if (twin === undefined) continue;
    const pan = compiled(twin);
    const spin = medianOf(Array.from({ length: runs }, () => verify(pan)));
    const ours = alone.get(name) as Measured;
    if (spin.distinct !== ours.distinct && spin.distinct < 1e6)
      throw new Error(`${name}: Spin counts ${spin.distinct}`);
    row([
      name,
      spin.distinct,
      round(spin.cpuSeconds, 1),
      round(spin.bytesPerState),
      round(ours.cpuSeconds / spin.cpuSeconds, 2),
    ]);
  }
}

head('first counterexample', 'CPU s, start included');
for (const args of firstCounterexamples) {
  const { verdict, cpuSeconds } = medians(args, runs);
  if (verdict !== 'violated') throw new Error(`${args.join(' ')}: ${verdict}, expected violated`);
  row([args.join(' '), round(cpuSeconds, 2)]);
}

await import('./liveness.ts'); // last: it measures in this process
