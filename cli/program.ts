import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { Command, Option } from 'commander';
import { campaignFormats } from './campaign/render.ts';
import type { CampaignOptions } from './commands/campaign.ts';
import type { CheckOptions } from './commands/check.ts';
import type { BitstateOptions } from './commands/check-bitstate.ts';
import type { ConformOptions } from './commands/conform.ts';
import type { DiffOptions } from './commands/diff.ts';
import type { FaultsOptions } from './commands/faults.ts';
import type { MergeOptions } from './commands/merge.ts';
import type { MinimizeOptions } from './commands/minimize.ts';
import type { MutateOptions } from './commands/mutate.ts';
import type { ReplayOptions } from './commands/replay.ts';
import type { SimulateOptions } from './commands/simulate.ts';
import type { VerifyOptions } from './commands/verify.ts';
import type { WorkOptions } from './commands/work.ts';
import { UserError } from './errors.ts';
import type { ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import {
  bytesOf,
  durationOf,
  fromOption,
  observeOption,
  positiveInteger,
  positiveNumber,
  propertyOption,
  seedNumber,
  setOption,
  shardOf,
  withOption,
  workerCount,
} from './options.ts';
import { formats } from './output/trace-text.ts';

/** What is known of a command while it runs. */
export interface Call {
  /** The model it is about, once its arguments are read. */
  model: string | null;
  code: ExitCode;
}

/** Every command with its options. What a command does is loaded when it is called, so that each one starts quickly. */
export function program(io: Io, call: Call): Command {
  const done = (code: ExitCode): void => {
    call.code = code;
  };
  const { version } = createRequire(import.meta.url)('fencepost/package.json') as { version: string };
  const root = new Command('fencepost')
    .description('Checks the coordination protocols of ZooKeeper and Kafka, and every change made to them.')
    .version(version)
    .enablePositionalOptions()
    .exitOverride()
    .hook('preAction', (_root, command) => {
      call.model = command.args[0] ?? null;
    })
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(text),
      outputError: () => {},
    });

  root
    .command('check')
    .description('visit every state of a model, or of every model at its default bounds')
    .argument('[model]', 'such as zookeeper/election, or a file of your own such as ./my-model.ts')
    .addOption(setOption())
    .addOption(withOption())
    .addOption(propertyOption())
    .option('--all', 'go on after a violation, to the end')
    .option('--report', 'say what the verdict is worth: actions, budgets, what would break each property')
    .option('--explain', 'say when a violation became unavoidable, and what would have avoided it')
    .option('--states <number>', 'stop after so many states', positiveInteger)
    .option('--depth <levels>', 'stop after so many breadth-first levels', positiveInteger)
    .option('--seconds <number>', 'stop after so many seconds', positiveNumber)
    .option(
      '--memory <size>',
      'stop before the process takes so much (default: 80 % of what there is)',
      bytesOf,
    )
    .option(
      '--bitstate <size>',
      'keep only bits of the states, depth first: not exact, for what is too large',
      bytesOf,
    )
    .option('--swarm <searches>', 'with --bitstate: so many searches, each in another order', positiveInteger)
    .option('--seed <integer>', 'with --bitstate: makes the same searches again', seedNumber)
    .option('--reduce', 'leave out steps whose order does not matter (partial-order reduction)')
    .option('--symmetry', 'keep one state for all that differ in nothing but who is who')
    .option('--workers <number>', 'threads for a long search (default: one for each core)', workerCount)
    .option('--checkpoint <folder>', 'keep the search in a new folder, now and then and when it stops')
    .option('--checkpoint-every <time>', 'how often, such as 90s or 10m (default: 5m)', durationOf)
    .option('--resume <folder>', 'go on with the search that --checkpoint has kept there')
    .addOption(traceOption())
    .addOption(formatOption())
    .addOption(witnessOption())
    .addOption(jsonOption())
    .action(async (model: string | undefined, options: CheckOptions) => {
      if (model !== undefined && isBitstate(options))
        return done(await (await import('./commands/check-bitstate.ts')).checkBitstate(model, options, io));
      for (const name of ['swarm', 'seed'])
        if (Reflect.has(options, name)) throw new UserError(`--${name} needs --bitstate`);
      if (model !== undefined)
        return done(await (await import('./commands/check.ts')).check(model, options, io));
      needsModel('check', options, [
        ...(['set', 'with', 'property', 'trace', 'format', 'witness', 'explain', 'report'] as const),
        ...(['checkpoint', 'checkpointEvery', 'resume', 'symmetry', 'reduce'] as const),
      ]);
      return done(await (await import('./commands/check-all.ts')).checkAll(options, io));
    });

  root
    .command('simulate')
    .description('take random runs of a model, which may find what is too far for an exhaustive search')
    .argument('<model>', 'such as zookeeper/election, or a file of your own such as ./my-model.ts')
    .addOption(setOption())
    .addOption(withOption())
    .option('--runs <number>', 'how many runs', positiveInteger, 1000)
    .option('--steps <number>', 'at most so many steps a run', positiveInteger, 100)
    .option('--seed <integer>', 'makes the same runs again; drawn by lot and printed', seedNumber)
    .option('--seconds <number>', 'stop after so many seconds', positiveNumber)
    .option('--explain', 'say when a violation became unavoidable, and what would have avoided it')
    .addOption(traceOption())
    .addOption(formatOption())
    .addOption(witnessOption())
    .addOption(jsonOption())
    .action(async (model: string, options: SimulateOptions) => {
      done(await (await import('./commands/simulate.ts')).simulateCommand(model, options, io));
    });

  root
    .command('replay')
    .description('take the steps of a trace once more, and say where it no longer fits')
    .argument('<trace>', 'a file that --trace has written')
    .argument('[model]', 'the file of the model, when it is one of your own')
    .addOption(formatOption('print the trace in this format instead'))
    .action(async (file: string, model: string | undefined, options: ReplayOptions) => {
      done(await (await import('./commands/replay.ts')).replayCommand(file, model, options, io));
    });

  root
    .command('list')
    .description('the models with their parameters, properties and design changes')
    .argument('[model]', 'only this one')
    .action(async (model: string | undefined) => {
      done(await (await import('./commands/list.ts')).list(model, io));
    });

  root
    .command('verify')
    .description('compare what the catalogue declares of every design change with what is found')
    .argument('[model]', 'only this one')
    .addOption(withOption('only this change; repeatable'))
    .option('--pairs', 'every two changes instead: what they do together that neither does alone')
    .option('--states <number>', 'stop each search of --pairs after so many states', positiveInteger)
    .addOption(jsonOption())
    .action(async (model: string | undefined, options: VerifyOptions) => {
      if (model === undefined) needsModel('verify', options, ['with', 'pairs', 'states']);
      done(await (await import('./commands/verify.ts')).verifyCommand(model, options, io));
    });

  root
    .command('diff')
    .description('what a change really changes: properties and behaviours, under equal bounds')
    .argument('<model>', 'the design before, such as zookeeper/election or ./my-model.ts')
    .argument('[after]', 'the model of the design after; the same one by default')
    .addOption(setOption())
    .addOption(withOption('a change that makes the design after; repeatable'))
    .addOption(fromOption())
    .addOption(observeOption())
    .option('--all', 'tell every run in full')
    .option('--states <number>', 'stop after so many states of one design', positiveInteger)
    .option(
      '--seconds <number>',
      'stop each search, and the comparison, after so many seconds',
      positiveNumber,
    )
    .addOption(
      new Option('--format <format>', 'of the comparison; html is a page of its own').choices([
        'text',
        'html',
      ]),
    )
    .addOption(jsonOption())
    .action(async (model: string, after: string | undefined, options: DiffOptions) => {
      done(await (await import('./commands/diff.ts')).diffCommand(model, after, options, io));
    });

  root
    .command('minimize')
    .description('the fewest servers, crashes and the like with which a property is still violated')
    .argument('<model>', 'such as zookeeper/election, or a file of your own such as ./my-model.ts')
    .addOption(setOption())
    .addOption(withOption())
    .option('--property <name>', 'which one; by default the first that is found to be violated')
    .option('--states <number>', 'stop each search after so many states', positiveInteger)
    .addOption(jsonOption())
    .action(async (model: string, options: MinimizeOptions) => {
      done(await (await import('./commands/minimize.ts')).minimizeCommand(model, options, io));
    });

  root
    .command('mutate')
    .description('the seeded faults in the rules of a model, and which property notices each')
    .argument('<model>', 'such as zookeeper/election, or a file of your own such as ./my-model.ts')
    .addOption(setOption())
    .addOption(withOption('only this mutant (rule/mutant), or those of this rule; repeatable'))
    .option('--all', 'go on after the first violation of each, to the end')
    .option('--states <number>', 'stop each search after so many states', positiveInteger)
    .option('--depth <levels>', 'stop each search after so many breadth-first levels', positiveInteger)
    .option('--seconds <number>', 'stop each search after so many seconds', positiveNumber)
    .addOption(jsonOption())
    .action(async (model: string, options: MutateOptions) => {
      done(await (await import('./commands/mutate.ts')).mutateCommand(model, options, io));
    });

  root
    .command('faults')
    .description('the settings of a model, and the smallest number of faults with which each loses something')
    .argument('<model>', 'such as kafka/replication')
    .addOption(setOption())
    .option('--up-to <faults>', 'try at most so many faults together', positiveInteger, 2)
    .option('--states <number>', 'stop each search after so many states', positiveInteger)
    .option('--resume <file>', 'keep the rows in a file, and go on where it ends')
    .addOption(jsonOption())
    .action(async (model: string, options: FaultsOptions) => {
      done(await (await import('./commands/faults.ts')).faultsCommand(model, options, io));
    });

  root
    .command('campaign')
    .description('run a grid of parameters x changes x searches; what is known already is not run again')
    .argument('<file>', 'with campaign(...) as its default export, or as JSON')
    .option('--results <folder>', 'where the results are kept; beside the file by default')
    .option('--jobs <number>', 'so many processes at a time', positiveInteger, availableParallelism())
    .option(
      '--shard <i/n>',
      'only every n-th cell, beginning with the i-th; merge puts the shards together',
      shardOf,
    )
    .option('--budget <duration>', 'the best that can be said in 90s, 10m or 2h for all cells', durationOf)
    .option('--queue <url>', 'hand the cells to whoever works on a queue in this Redis server')
    .addOption(campaignFormatOption())
    .option('--out <file>', 'write the results to a file')
    .action(async (file: string, options: CampaignOptions) => {
      done(await (await import('./commands/campaign.ts')).campaignCommand(file, options, io));
    });

  root
    .command('work')
    .description('take cells of a campaign from its queue, until Ctrl-C')
    .argument('<file>', 'the same campaign as campaign --queue is given')
    .requiredOption('--queue <url>', 'of the Redis server, such as redis://localhost:6379')
    .option('--jobs <number>', 'so many processes at a time', positiveInteger, availableParallelism())
    .action(async (file: string, options: WorkOptions) => {
      done(await (await import('./commands/work.ts')).work(file, options, io));
    });

  root
    .command('merge')
    .description('put the shards of a campaign together')
    .argument('<files...>', 'what campaign --shard i/n --format json has written')
    .addOption(campaignFormatOption())
    .option('--out <file>', 'write the results to a file')
    .action(async (files: string[], options: MergeOptions) => {
      done(await (await import('./commands/merge.ts')).mergeCommand(files, options, io));
    });

  root
    .command('conform')
    .description('replay the logs of a real ZooKeeper ensemble through the rules of the election')
    .argument('<folder>', 'with one log for each server, org.apache.zookeeper.server.quorum at DEBUG')
    .addOption(jsonOption())
    .action(async (folder: string, options: ConformOptions) => {
      done(await (await import('./commands/conform.ts')).conform(folder, options, io));
    });

  return root;
}

const isBitstate = (options: CheckOptions): options is BitstateOptions => Reflect.has(options, 'bitstate');

/** Options that mean something for one model only are refused without it. */
function needsModel<O extends object>(
  command: string,
  options: O,
  names: readonly (string & keyof O)[],
): void {
  for (const name of names) {
    const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (options[name] !== undefined)
      throw new UserError(`${flag} needs a model: fencepost ${command} <model> ${flag} ...`);
  }
}

const traceOption = (): Option =>
  new Option('--trace <file>', 'write the run that shows a violation to a file');

const formatOption = (about = 'of the trace: in the file (json by default), or on standard output'): Option =>
  new Option('--format <format>', about).choices(formats);

const witnessOption = (): Option =>
  new Option(
    '--witness <property>',
    'show the run that reaches this witness, and write this one with --trace',
  );

const campaignFormatOption = (): Option =>
  new Option('--format <format>', 'of the results').choices(campaignFormats).default('table');

const jsonOption = (): Option => new Option('--json', 'one object on standard output, for programs');
