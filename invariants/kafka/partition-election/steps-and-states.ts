import type { StateOf, Taken } from '../../../checker/language/index.ts';
import { isBeingReassigned, targetReplicas } from '../../../model/kafka/partition-election/assignment.ts';
import {
  brokersOf,
  type PartitionElectionParams,
  partitionsOf,
} from '../../../model/kafka/partition-election/params.ts';
import type { partitionElection } from '../../../model/kafka/partition-election.ts';

type View = StateOf<typeof partitionElection>;
type Params = PartitionElectionParams;

/** Partitions whose state a step changes, with the state before and after. */
export const changed = (before: View, after: View, p: Params) =>
  partitionsOf(p).flatMap((partition) => {
    const [was, is] = [before.partitionNode(partition).value, after.partitionNode(partition).value];
    return is === null || is === was ? [] : [{ partition, was, is }];
  });

/** Those to which it gives another leader. */
export const elected = (before: View, after: View, p: Params) =>
  changed(before, after, p).flatMap(({ partition, was, is }) =>
    was === null || is.leader === null || is.leader === was.leader
      ? []
      : [{ partition, was, is, leader: is.leader }],
  );

/** A controller and a broker, of a step that has both. */
export function pairOf(instance: Taken['instance']): readonly [epoch: number, id: number] {
  const [epoch = 0, id = 0] = [instance].flat().map(Number);
  return [epoch, id];
}

/** The controller that takes the step. */
export const epochOf = (instance: Taken['instance']): number => pairOf(instance)[0];

/** Nobody outside of the ISR may be elected, under these parameters. */
export const onlyClean = (p: Params): boolean =>
  !p.uncleanLeaderElection && p.uncleanElections + p.uncleanSwitches + p.chosenLeaders === 0;

/** No leader whose session is over writes an ISR: AlterPartition refuses it, a znode does not. */
export const writersAreLive = (p: Params): boolean =>
  p.beyondPromise || p.isrWrites === 'alterPartition' || p.expiries === 0;

/** The leader that ZooKeeper has runs, and knows that it leads. */
export function isServed(s: View, partition: number): boolean {
  const node = s.partitionNode(partition).value;
  if (node === null || node.leader === null || s.broker(node.leader).get('process') === 'down') return false;
  const { leader, leaderEpoch } = s.replica(node.leader, partition).value;
  return leader === node.leader && leaderEpoch === node.leaderEpoch;
}

const runs = (s: View, id: number): boolean =>
  s.broker(id).get('process') === 'up' && s.brokerNode(id).value !== null;

/** Somebody runs who may lead: an assigned member of the ISR, or of a partition that has none yet an assigned replica. */
export function hasCandidate(s: View, partition: number): boolean {
  const replicas = s.assignmentNode(partition).value?.replicas ?? [];
  const isr = s.partitionNode(partition).value?.isr ?? replicas;
  return replicas.some((id) => isr.includes(id) && runs(s, id));
}

export const allRun = (s: View, partition: number): boolean => {
  const replicas = s.assignmentNode(partition).value?.replicas ?? [];
  return replicas.length > 0 && replicas.every((id) => runs(s, id));
};

/** Its preferred leader runs and is in the ISR. */
export function mayPrefer(s: View, partition: number): boolean {
  const [preferred] = s.assignmentNode(partition).value?.replicas ?? [];
  const isr = s.partitionNode(partition).value?.isr ?? [];
  return preferred !== undefined && isr.includes(preferred) && runs(s, preferred);
}

/** Brokers that may stop from this step on. */
export const released = (before: View, after: View, p: Params): readonly number[] =>
  brokersOf(p).filter(
    (id) => after.broker(id).get('process') === 'released' && before.broker(id).get('process') !== 'released',
  );

/** The request at hand was sent to an earlier incarnation of the broker. */
export function isForEarlier(s: View, instance: Taken['instance']): boolean {
  const [epoch, id] = pairOf(instance);
  const request = s.request(epoch, id).head;
  return request !== undefined && request.brokerEpoch < s.broker(id).get('brokerEpoch');
}

export const isInReassignment = (s: View): boolean => {
  const assignment = s.assignmentNode(0).value;
  return assignment !== null && isBeingReassigned(assignment);
};

export function isReassigned(s: View, p: Params): boolean {
  const assignment = s.assignmentNode(0).value;
  if (assignment === null || isInReassignment(s)) return false;
  const leader = s.partitionNode(0).value?.leader ?? null;
  return (
    targetReplicas(assignment).join() === p.reassignTo.join() &&
    leader !== null &&
    p.reassignTo.includes(leader)
  );
}
