import type { Update } from '../../../checker/language/index.ts';
import { assignmentOf } from './assignment.ts';
import type { CachedPartition, Controller, PartitionElectionView } from './components.ts';
import type { ControllerContext } from './controller-context.ts';
import { brokersOf, type PartitionElectionParams, partitionsOf } from './params.ts';
import type { PartitionElectionRules } from './partition-election-rules.ts';
import type { Lookup } from './tasks.ts';
import { proceed } from './work.ts';

type View = PartitionElectionView;
type Params = PartitionElectionParams;

/** A partition of which a controller has not heard. */
export const unknownPartition: CachedPartition = {
  state: 'NonExistent',
  leadership: null,
  assignment: assignmentOf([]),
  replicas: [],
};

export const nobody: Controller = { phase: 'none', registrations: [], shuttingDown: [], tasks: [] };

/** Whether it takes up another event: it believes to be the controller, and has done with the last one. */
export const isIdle = (s: View, epoch: number): boolean =>
  s.controller(epoch).get('phase') === 'active' && s.controller(epoch).get('tasks').length === 0;

export function contextOf(s: View, epoch: number, p: Params): ControllerContext {
  const { registrations, shuttingDown, tasks } = s.controller(epoch).value;
  const partitions = partitionsOf(p).map((partition) => s.cached(epoch, partition).value);
  return { epoch, registrations, shuttingDown, partitions, tasks, sent: [], disconnected: [], shutdowns: [] };
}

export const lookupOf = (s: View, p: Params): Lookup => ({
  node: (partition) => s.partitionNode(partition).value,
  unclean: () => s.unclean.value,
  metadata: p.updateMetadata,
});

/** Begins an event: goes on to its first write, if there is any. */
export function begin(
  s: View,
  context: ControllerContext,
  p: Params,
  rules: PartitionElectionRules,
  lookup: Lookup = lookupOf(s, p),
): Update[] {
  return store(s, proceed(context, lookup, rules), p);
}

/** What a controller knows now, and what it sends. */
export function store(s: View, after: ControllerContext, p: Params): Update[] {
  const { epoch, registrations, shuttingDown, tasks } = after;
  return [
    s.controller(epoch).set({ phase: 'active', registrations, shuttingDown, tasks }),
    ...partitionsOf(p).map((partition) =>
      s.cached(epoch, partition).set(after.partitions[partition] ?? unknownPartition),
    ),
    ...after.disconnected.map((id) => s.request(epoch, id).clear()),
    ...after.sent.map(({ to, request }) => s.request(epoch, to).send(request)),
    ...after.shutdowns.flatMap(({ id, released }) => answerShutdown(s, id, released)),
  ];
}

/** A broker that may not stop yet asks again, as often as it is to; then it stops all the same. */
function answerShutdown(s: View, id: number, released: boolean): readonly Update[] {
  const { process, attempts } = s.broker(id).value;
  if (process !== 'stopping') return [];
  if (released) return [s.broker(id).patch({ process: 'released', attempts: 0 })];
  if (attempts === 0) return [s.broker(id).patch({ process: 'exhausted' })];
  return [s.broker(id).patch({ attempts: attempts - 1 })];
}

/**
 * KafkaController.onControllerResignation: it forgets everything. What waited to be sent is dropped, but for the request that may be on its
 * way to each broker.
 */
export const resigned = (s: View, epoch: number, p: Params): Update[] => [
  s.controller(epoch).set({ ...nobody, phase: 'gone' }),
  ...partitionsOf(p).map((partition) => s.cached(epoch, partition).set(unknownPartition)),
  ...brokersOf(p).map((id) => s.request(epoch, id).set(s.request(epoch, id).value.slice(0, 1))),
];
