import { z } from 'zod';
import { Trace } from '../checker/trace/format.ts';

// What `--json` prints: one object on standard output. A field is null where it has no meaning.

const names = z.array(z.string());
const count = z.int().nonnegative();

export const PropertyJson = z.strictObject({
  name: z.string(),
  kind: z.enum(['always', 'step', 'reachable', 'temporal', 'deadlock']),
  result: z.enum(['holds', 'violated', 'reached', 'unreached', 'unchecked']),
  premise: count.describe(
    'how often the premise was true; for a property without one, how often it was looked at',
  ),
});

export const ViolationJson = z.strictObject({
  property: z.string(),
  kind: PropertyJson.shape.kind,
  steps: count.nullable().describe('actions of the shortest run that shows it; null for a witness in no run'),
  trace: Trace.nullable().describe('the run, as --trace writes it; null for a witness in no run'),
  explained: z
    .string()
    .nullable()
    .describe('with --explain: in words, when it became unavoidable and what would have avoided it'),
});

/** A sample of states, found by random runs. */
const TrustJson = z.strictObject({
  states: count.describe('of the visited ones, those in which actions were looked at'),
  actions: z.array(
    z.strictObject({
      action: z.string(),
      looked: count.describe('states times instances'),
      enabled: count,
      disabledBy: z
        .array(z.strictObject({ read: z.string(), times: count }))
        .describe('the last read of what came to nothing, the most frequent first'),
    }),
  ),
  budgets: z.array(
    z.strictObject({
      name: z.string(),
      given: count.describe('in an initial state'),
      spent: count.describe('visited states in which it is 0'),
    }),
  ),
  seeded: z.strictObject({
    faults: count,
    limit: count.describe('states after which the search with each was stopped'),
    killed: count,
    survived: count,
  }),
  unviolated: names.describe('violated by no seeded fault, and broken by no change of the catalogue'),
});

/** What `check` and `simulate` print. */
export const SearchJson = z.strictObject({
  model: z.string().nullable(),
  params: z.record(z.string(), z.unknown()).nullable(),
  changes: names.nullable(),
  search: z.enum(['breadth-first', 'random', 'bitstate']),
  verdict: z
    .enum(['holds', 'violated', 'stopped', 'passed', 'error'])
    .describe('passed: random runs found nothing, which proves nothing'),
  complete: z.boolean().nullable().describe('whether every state within the bounds was visited'),
  distinct: count.nullable(),
  generated: count.nullable(),
  depth: count.nullable().describe('breadth-first levels, or the states of the longest random run'),
  seconds: z.number().nullable(),
  seed: z.int().nullable().describe('of a random search'),
  omission: z
    .number()
    .nullable()
    .describe('of a bitstate search: the largest probability with which a state was left out'),
  symmetry: z
    .string()
    .nullable()
    .describe('with --symmetry: the family whose members are interchangeable; distinct counts orbits'),
  properties: z.array(PropertyJson).nullable(),
  violations: z.array(ViolationJson).nullable(),
  bounds: names.nullable().describe('what the verdict is limited to'),
  warnings: names.nullable().describe('what never happened, and so was never put to the test'),
  report: TrustJson.nullable().describe('with --report: what the verdict is worth'),
  message: z.string().nullable().describe('what is wrong, when the verdict is error'),
});
export type SearchJson = z.infer<typeof SearchJson>;

/** What `check` without a model prints. */
export const CheckAllJson = z.strictObject({ models: z.array(SearchJson) });

export { ConformReport as ConformJson } from '../conformance/report.ts';

/** What a command without a search of its own prints when it cannot do what it is asked. */
export const ErrorJson = z.strictObject({ verdict: z.literal('error'), message: z.string() });

const perDesign = <S extends z.ZodType>(result: S) =>
  z.partialRecord(z.enum(['baseline', 'changed', 'fixed']), z.record(z.string(), result));

/** What `verify` of one model prints. */
export const VerifyJson = z.strictObject({
  model: z.string(),
  rows: z.array(
    z.strictObject({
      change: z.string(),
      source: z.string(),
      at: z.record(z.string(), z.unknown()).describe('the parameters that differ from the defaults'),
      expected: perDesign(z.enum(['holds', 'violated'])).describe(
        'for each design, what is declared of each property',
      ),
      found: perDesign(z.enum(['holds', 'violated', 'unchecked'])).describe('and what a search found'),
      steps: count.nullable().describe('actions of the shortest run that shows a declared violation'),
      distinct: count.nullable().describe('states of the changed design that were visited'),
      seconds: z.number(),
      agrees: z
        .boolean()
        .nullable()
        .describe('whether all is as declared; null when it could not be found out'),
    }),
  ),
});
export type VerifyJson = z.infer<typeof VerifyJson>;

/** What `verify` without a model prints. */
export const VerifyAllJson = z.strictObject({ models: z.array(VerifyJson) });

/** What `mutate` prints. */
export const MutateJson = z.strictObject({
  model: z.string(),
  mutants: z.array(
    z.strictObject({
      name: z.string().describe('rule/mutant'),
      at: z.record(z.string(), z.unknown()).describe('the parameters that differ from the defaults'),
      fate: z.enum(['killed', 'survived', 'stopped', 'faulty']),
      kills: z
        .array(z.strictObject({ property: z.string(), steps: count.nullable() }))
        .describe('properties that its search found violated, nearest first'),
      survives: z.string().nullable().describe('why no property can see it, as declared'),
      asDeclared: z.boolean().nullable().describe('null when it could not be found out'),
      why: z.string().nullable().describe('what stopped the search, or the fault of the model'),
      distinct: count.nullable(),
    }),
  ),
  unviolated: names
    .nullable()
    .describe('properties that no mutant was seen to violate and that no change is declared to break'),
});
export type MutateJson = z.infer<typeof MutateJson>;

/** What `verify --pairs` prints. */
export const PairsJson = z.strictObject({
  model: z.string(),
  pairs: z.array(
    z.strictObject({
      changes: names,
      at: z.record(z.string(), z.unknown()).describe('the bounds of both, of two numbers the larger one'),
      interactions: z.array(
        z.strictObject({
          property: z.string(),
          effect: z
            .enum(['breaks', 'repairs'])
            .describe('violated with both and with neither alone, or the other way round'),
          steps: count.nullable(),
        }),
      ),
      unchecked: z.string().nullable().describe('why it could not be found out'),
    }),
  ),
});
export type PairsJson = z.infer<typeof PairsJson>;

/** What `minimize` prints. */
export const MinimizeJson = z.strictObject({
  model: z.string(),
  property: z.string().nullable().describe('null when nothing is violated at the bounds that were given'),
  set: z.record(z.string(), z.unknown()).nullable().describe('the smallest bounds at which it is violated'),
  changes: names,
  steps: count.nullable(),
  needed: z.array(
    z.strictObject({
      parameter: z.string(),
      value: z.int(),
      fewer: z
        .record(z.string(), z.enum(['holds', 'stopped', 'unchecked', 'not possible']))
        .describe('what becomes of it with each smaller value, the others staying as they are'),
    }),
  ),
  notNeeded: names.describe('parameters that are at their least value'),
});
export type MinimizeJson = z.infer<typeof MinimizeJson>;

const side = <S extends z.ZodType>(of: S) => z.strictObject({ before: of, after: of });

const SideJson = z.strictObject({
  model: z.string(),
  changes: names,
  params: z.record(z.string(), z.unknown()),
  complete: z.boolean(),
  distinct: count,
  generated: count,
  depth: count,
  taken: z.record(z.string(), count).describe('steps generated by each action'),
});

/** What `diff` prints. */
export const DiffJson = z.strictObject({
  conclusion: z.array(z.string()),
  designs: side(SideJson),
  properties: z.array(
    z.strictObject({
      name: z.string(),
      kind: PropertyJson.shape.kind,
      ...side(
        z
          .strictObject({
            result: PropertyJson.shape.result,
            steps: count.nullable(),
            trace: Trace.nullable(),
          })
          .nullable()
          .describe('null for a side that does not have the property'),
      ).shape,
    }),
  ),
  observed: names.nullable().describe('the components whose changes were compared, instead of steps'),
  gained: Trace.nullable().describe('the shortest run that only the design after can make'),
  lost: Trace.nullable().describe('the shortest run that only the design before can make'),
  lostThoughLegal: Trace.nullable().describe(
    'of a fix: the shortest lost run that need not violate anything',
  ),
  parting: side(Trace).nullable().describe('the first common steps that lead to different states'),
  stoppedBy: z.string().nullable().describe('why not all behaviours were compared'),
});
export type DiffJson = z.infer<typeof DiffJson>;

const budgets = z.record(z.string(), count);

/** A row of `faults`, in what it prints and in the file of --resume. */
export const FaultRowJson = z.strictObject({
  settings: z.record(z.string(), z.string()),
  losses: z
    .array(z.strictObject({ faults: budgets, steps: count, command: z.string() }))
    .describe('every combination of the smallest number of faults that loses something'),
  none: z
    .int()
    .min(-1)
    .describe('all combinations of so many faults, and of fewer, were searched to the end and lose nothing'),
  states: count.describe('of all searches together'),
  stoppedBy: z.string().nullable().describe('the limit because of which the row is not complete'),
});
export type FaultRowJson = z.infer<typeof FaultRowJson>;

/** What `faults` prints, and keeps in the file of --resume. */
export const FaultsJson = z.strictObject({
  model: z.string(),
  table: z.string().describe('a digest of what the table asks'),
  upTo: count,
  properties: names,
  complete: z.boolean(),
  rows: z.array(FaultRowJson),
});
export type FaultsJson = z.infer<typeof FaultsJson>;
