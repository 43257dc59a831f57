import type { Update } from '../../../checker/language/index.ts';
import { type DataPathView, type LeaderAndIsr, type ReplicationView, unknownEnd } from './components.ts';
import { bumped, decide, liveBrokers, publish } from './controller.ts';
import { beginToFollow, followerOf, leaveRole, storeFollower } from './follower.ts';
import { assignEpoch, truncateFromEnd } from './leader-epoch-cache.ts';
import { brokersOf, type DataPathParams, type ReplicationParams } from './params.ts';
import type { ReplicationRules } from './replication-rules.ts';

/** The next LeaderAndIsr. */
export function becomeLeaderOrFollower(
  s: ReplicationView,
  id: number,
  p: DataPathParams,
  rules: ReplicationRules,
): Update[] | undefined {
  const request = s.leaderAndIsr(id).head;
  if (request === undefined || s.broker(id).get('process') !== 'up') return;
  return [s.leaderAndIsr(id).receive(), ...takeLeaderAndIsr(s, id, request, p, rules)];
}

/** ReplicaManager.becomeLeaderOrFollower: a LeaderAndIsr that is not newer changes nothing. */
export function takeLeaderAndIsr(
  s: DataPathView,
  id: number,
  { leader, leaderEpoch, isr, partitionEpoch }: LeaderAndIsr,
  p: DataPathParams,
  rules: ReplicationRules,
): Update[] {
  if (!rules.isNewLeaderEpoch(s.broker(id).get('leaderEpoch'), leaderEpoch)) return [];
  const left = leaveRole(s, id, p);
  if (leader === null) return [...left, s.broker(id).patch({ leaderEpoch })];
  const follower = followerOf(s, id);
  if (leader === id) {
    const end = follower.log.length;
    const epochCache = rules.recordsEpochOnElection
      ? assignEpoch(follower.epochCache, leaderEpoch, end)
      : follower.epochCache;
    return [
      ...left,
      s.epochCache(id).set(epochCache),
      s.broker(id).patch({ leader, leaderEpoch, isr, partitionEpoch, epochStartOffset: end }),
    ];
  }
  const mustTruncate = rules.truncatesUnder(leader, s.broker(id).get('leader'));
  const next = beginToFollow(follower, mustTruncate, rules);
  return [
    ...left,
    s.broker(id).patch({ leader, leaderEpoch }),
    ...storeFollower(s, id, leader, next, leaderEpoch, rules),
  ];
}

/** Connections break: what is on the way to and from the broker is gone, and so is all that it knew but had not stored. */
export const stopProcess = (s: DataPathView, id: number, p: DataPathParams): Update[] => [
  ...leaveRole(s, id, p),
  s.leaderAndIsr(id).clear(),
  ...brokersOf(p).flatMap((other) => [
    s.fetchRequest(other, id).clear(),
    s.fetchResponse(id, other).clear(),
    s.followerEnd(id, other).set(unknownEnd),
  ]),
];

/** What is on the disk after a machine crash. */
export const loseSuffix = (s: DataPathView, id: number, kept: number): Update[] => [
  s.log(id).set(s.log(id).value.slice(0, kept)),
  s.epochCache(id).set(truncateFromEnd(s.epochCache(id).value, kept)),
];

/** The controller handles the loss of a broker. */
export function brokerFailed(
  s: ReplicationView,
  id: number,
  p: ReplicationParams,
  rules: ReplicationRules,
): Update[] {
  const live = liveBrokers(s, p).filter((other) => other !== id);
  const next = decide(s.partition.value, { left: { id, lost: false }, live }, p, rules);
  return [s.registration(id).set('gone'), ...(next ? publish(s, next, listeners(s, p, id)) : [])];
}

/** Who is sent LeaderAndIsr: all that are registered, one about to leave too. */
const listeners = (s: ReplicationView, p: ReplicationParams, but?: number): readonly number[] =>
  brokersOf(p).filter((id) => id !== but && s.registration(id).value !== 'gone');

/** A broker registers: if it has not stopped cleanly its log may lack what the controller counted on. */
export function register(
  s: ReplicationView,
  id: number,
  p: ReplicationParams,
  rules: ReplicationRules,
): Update[] {
  const { process, brokerEpoch } = s.broker(id).value;
  const live = [...liveBrokers(s, p).filter((other) => other !== id), id].sort((a, b) => a - b);
  const unclean = process !== 'stopped';
  const bounced = s.registration(id).value !== 'gone';
  const left = unclean || bounced ? { left: { id, lost: unclean } } : {};
  const next = decide(s.partition.value, { ...left, live }, p, rules);
  const { elr: _, ...current } = s.partition.value;
  return [
    s.broker(id).patch({ process: 'up', brokerEpoch: brokerEpoch + 1 }),
    s.epochCache(id).set(truncateFromEnd(s.epochCache(id).value, s.log(id).value.length)), // UnifiedLog, when it loads
    s.registration(id).set('registered'),
    ...(rules.fencesOldIncarnations ? [s.leaderAndIsr(id).clear()] : []),
    ...(next ? publish(s, next, [...listeners(s, p, id), id]) : [s.leaderAndIsr(id).send(current)]),
  ];
}

/** Controlled shutdown: another member of the ISR takes over, if there is one; the broker leaves the ISR. */
export function controlledShutdown(
  s: ReplicationView,
  id: number,
  p: ReplicationParams,
  rules: ReplicationRules,
): Update[] {
  const live = liveBrokers(s, p).filter((other) => other !== id);
  const next = decide(s.partition.value, { left: { id, lost: false }, live }, p, rules);
  return [s.registration(id).set('shuttingDown'), ...(next ? publish(s, next, listeners(s, p)) : [])];
}

/** Preferred election, reassignment: a live member of the ISR leads from now on, maybe the one that did. */
export function moveLeader(s: ReplicationView, id: number, p: ReplicationParams): Update[] | undefined {
  const partition = s.partition.value;
  if (partition.leader === null || !partition.isr.includes(id)) return;
  if (s.registration(id).value !== 'registered') return;
  return publish(s, bumped(partition, { ...partition, leader: id }), listeners(s, p));
}

/** A broker that is down and has nothing on its disk; nobody can tell from outside whether it ever had. */
export const hasEmptyDisk = (s: ReplicationView, id: number): boolean =>
  s.broker(id).get('process') !== 'up' && s.log(id).value.length === 0;

/** An operator names a leader where there is none, in the ISR or not. It is trusted alone, as after an unclean election. */
export function chooseLeader(s: ReplicationView, id: number, p: ReplicationParams): Update[] | undefined {
  const partition = s.partition.value;
  if (partition.leader !== null || s.registration(id).value !== 'registered') return;
  if (!brokersOf(p).some((other) => other !== id && hasEmptyDisk(s, other))) return;
  return publish(s, bumped(partition, { leader: id, isr: [id], elr: [] }), listeners(s, p));
}
