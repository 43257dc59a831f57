import { braces } from '../replication/words.ts';
import type { PartitionNode, Request, Task } from './components.ts';

const ledBy = (leader: number | null): string => (leader === null ? 'no leader' : `leader ${leader}`);

export function describeNode(node: PartitionNode | null): string {
  if (node === null) return 'it does not exist';
  return `${ledBy(node.leader)}, ISR ${braces(node.isr)}, leader epoch ${node.leaderEpoch}`;
}

const elections = {
  offline: 'electing a leader for',
  reassign: 'electing a leader among the new replicas of',
  preferred: 'electing the preferred leader of',
  controlledShutdown: 'moving the leader for a shutdown, of',
};

/** What a controller is about to write. */
export function describeTask(task: Extract<Task, { readonly partition: number }>): string {
  const partition = `partition ${task.partition}`;
  switch (task.kind) {
    case 'goOnline':
      return `${elections[task.strategy]} ${partition}`;
    case 'chooseLeader':
      return `making ${task.id} the leader of ${partition}`;
    case 'replicaOffline':
      return `taking ${task.id} out of ${partition}`;
    case 'raiseLeaderEpoch':
      return `raising the leader epoch of ${partition}`;
    case 'create':
      return `creating ${partition}`;
    case 'assign':
      return `assigning ${task.assignment.replicas.join(', ')} to ${partition}`;
    case 'reassign':
      return `reassigning ${partition}`;
  }
}

export function describeRequest(request: Request | undefined): string {
  switch (request?.kind) {
    case 'LeaderAndIsr':
      return `LeaderAndIsr: ${ledBy(request.leader)}, leader epoch ${request.leaderEpoch}, ISR ${braces(request.isr)}`;
    case 'StopReplica':
      return `StopReplica${request.delete ? ', and delete it' : ''}`;
    case 'UpdateMetadata':
      return `UpdateMetadata: ${braces(request.alive)} are alive`;
    default:
      return 'nothing';
  }
}
