import type { Task } from './components.ts';
import type { ControllerContext } from './controller-context.ts';
import { everyReplica, replicaOffline } from './tasks.ts';

/** Whether the controller refuses a broker that asks for a controlled shutdown: one that it does not know, or an earlier incarnation. */
export function checkControlledShutdown(
  brokerEpoch: number,
  known: number | undefined,
): 'none' | 'STALE_BROKER_EPOCH' | 'BROKER_NOT_AVAILABLE' {
  if (known === undefined) return 'BROKER_NOT_AVAILABLE';
  return brokerEpoch < known ? 'STALE_BROKER_EPOCH' : 'none';
}

/** KafkaController.doControlledShutdown: what a broker leads is moved, what it follows loses it. */
export function shutDown(id: number, context: ControllerContext): ControllerContext {
  const shuttingDown = [...new Set([...context.shuttingDown, id])].sort((a, b) => a - b);
  const concerned = everyReplica(context, [id]).filter(([partition]) => {
    const cached = context.partitions[partition];
    return cached !== undefined && cached.leadership !== null && cached.assignment.replicas.length > 1;
  });
  const leads = (partition: number) => context.partitions[partition]?.leadership?.leader === id;
  const led = concerned.filter(([partition]) => leads(partition));
  const followed = concerned.filter(([partition]) => !leads(partition));
  const tasks: readonly Task[] = [
    ...led.map(
      ([partition]): Task => ({
        kind: 'goOnline',
        partition,
        strategy: 'controlledShutdown',
        unclean: false,
        seen: null,
      }),
    ),
    ...followed.map(([partition]) => replicaOffline(partition, id)),
    { kind: 'answerShutdown', id },
  ];
  return { ...context, shuttingDown, tasks };
}
