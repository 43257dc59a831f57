// npx tsx bench/beside.ts <runs> <program> [arguments ...]: CPU seconds of any other checker, such as
//   npx tsx bench/beside.ts 3 java -XX:+UseParallelGC -jar tla2tools.jar -workers 1 TwoPhase.tla
//   npx tsx bench/beside.ts 3 ./target/release/examples/2pc check 9
// by turns with fencepost's own run of two-phase commit (7 resource managers), so that both meet the same machine.
import { measure, median, timed } from './measure.ts';

const [runs = '3', program, ...args] = process.argv.slice(2);
if (program === undefined) throw new Error('npx tsx bench/beside.ts <runs> <program> [arguments ...]');
const own: number[] = [];
const others: number[] = [];
for (let run = 0; run < Number(runs); run++) {
  own.push(measure(['examples/two-phase-commit', '--set', 'resourceManagers=7']).cpuSeconds);
  const { stdout, cpuSeconds } = timed(program, args);
  others.push(cpuSeconds);
  if (run === 0) console.log(stdout.trimEnd().split('\n').slice(-12).join('\n'));
}
console.log(`\n${[program, ...args].join(' ')}: ${median(others).toFixed(2)} CPU s`);
console.log(
  `fencepost check examples/two-phase-commit --set resourceManagers=7: ${median(own).toFixed(2)} CPU s`,
);
