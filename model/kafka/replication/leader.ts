import type { Update } from '../../../checker/language/index.ts';
import { ack, commit, type DataPathView, type FetchResponse } from './components.ts';
import { incrementHighWatermark } from './high-watermark.ts';
import { handleAlterPartitionError, handleAlterPartitionUpdate } from './isr.ts';
import { type DataPathParams, minIsrOf } from './params.ts';
import { checkEnoughReplicasReachOffset } from './produce.ts';
import type { ReplicationRules } from './replication-rules.ts';

/** Whether it takes requests as a leader. */
export const leads = (s: DataPathView, id: number): boolean =>
  s.broker(id).get('process') === 'up' && s.broker(id).get('leader') === id;

/**
 * Answers a fetch. Where epochs differ the request waits: the follower would be refused and would ask the same again.
 */
export function serveFetch(
  s: DataPathView,
  id: number,
  follower: number,
  rules: ReplicationRules,
): Update[] | undefined {
  const request = s.fetchRequest(follower, id).head;
  if (request === undefined || !leads(s, id)) return;
  const own = s.broker(id).get('leaderEpoch');
  if (rules.checkLeaderEpoch(own, request.currentLeaderEpoch, request.kind) !== 'ok') return;
  const [log, epochCache] = [s.log(id).value, s.epochCache(id).value];
  const logEndOffset = log.length;
  const respond = (answer: FetchResponse) => [
    s.fetchRequest(follower, id).receive(),
    s.fetchResponse(id, follower).put(answer),
  ];
  const { fetchOffset, epoch, brokerEpoch } = request;
  if (request.kind === 'epoch') {
    const end = epoch === null ? undefined : rules.answerEpoch(epochCache, epoch, logEndOffset);
    return respond({ kind: 'epochEnd', end: end ?? null });
  }
  const fetch = { fetchOffset, lastFetchedEpoch: epoch ?? undefined };
  const found = rules.validateFetch({ epochCache, logStartOffset: 0, logEndOffset }, fetch);
  const reached = s.followerEnd(id, follower).set({ offset: fetchOffset, brokerEpoch });
  if (found.kind === 'OFFSET_OUT_OF_RANGE') return respond({ kind: 'outOfRange', logEndOffset });
  if (found.kind === 'diverging') {
    const answer = respond({ kind: 'diverging', end: found.divergingEpoch });
    return rules.countsDivergingFetch ? [...answer, reached] : answer;
  }
  const highWatermark = s.broker(id).get('highWatermark');
  return [...respond({ kind: 'records', records: log.slice(fetchOffset), highWatermark }), reached];
}

/** Moves the high watermark as far as the maximal ISR allows, and tells the producers of what is committed by that. */
export function moveHighWatermark(
  s: DataPathView,
  id: number,
  p: DataPathParams,
  rules: ReplicationRules,
): Update[] | undefined {
  if (!leads(s, id)) return;
  const { highWatermark, isr, pendingIsr, leaderEpoch } = s.broker(id).value;
  const log = s.log(id).value;
  const maximalIsr = rules.maximalIsr({ isr, pendingIsr });
  const next = incrementHighWatermark({
    self: id,
    highWatermark,
    logEndOffset: log.length,
    isr,
    maximalIsr,
    followerEndOffset: (replica) => s.followerEnd(id, replica).get('offset'),
    strictMinIsr: rules.strictMinIsr(minIsrOf(p)),
  });
  if (next === highWatermark) return;
  const acked = log
    .slice(highWatermark, next)
    .filter((record, i) => {
      const state = checkEnoughReplicasReachOffset(highWatermark + i + 1, next, maximalIsr, minIsrOf(p));
      return record.leaderEpoch === leaderEpoch && state === 'acked'; // an earlier leader's producers were cut off
    })
    .map(({ id: record }) => record);
  return [
    s.broker(id).patch({ highWatermark: next }),
    s.committed.apply(commit, log.slice(0, next)),
    ...(acked.length > 0 && p.acks === 'all' ? [s.acked.apply(ack, acked)] : []),
  ];
}

/** Asks for another ISR. One change at a time: until the answer is there the old and the new members count. */
export function proposeIsr(
  s: DataPathView,
  id: number,
  isr: readonly number[],
  p: DataPathParams,
  rules: ReplicationRules,
): Update[] | undefined {
  const { leaderEpoch, partitionEpoch, brokerEpoch } = s.broker(id).value;
  if (p.isrWrites !== 'alterPartition') return writeIsr(s, id, isr, p, rules);
  const members = isr.map((member) => ({
    id: member,
    brokerEpoch: member === id ? brokerEpoch : s.followerEnd(id, member).get('brokerEpoch'),
  }));
  return [
    s.broker(id).patch({ pendingIsr: isr }),
    s.alterRequest(id).send({ isr: members, leaderEpoch, partitionEpoch }),
  ];
}

/** Before KIP-497: a conditional write of the znode, decided at once. Nobody looks at who the members are. */
function writeIsr(
  s: DataPathView,
  id: number,
  isr: readonly number[],
  p: DataPathParams,
  rules: ReplicationRules,
): Update[] | undefined {
  const partition = s.partition.value;
  if (partition.partitionEpoch !== s.broker(id).get('partitionEpoch')) return;
  const partitionEpoch = partition.partitionEpoch + 1;
  const { elr } = rules.join(partition, isr, minIsrOf(p));
  return [s.partition.patch({ isr, elr, partitionEpoch }), s.broker(id).patch({ isr, partitionEpoch })];
}

export const mayProposeIsr = (s: DataPathView, id: number): boolean =>
  leads(s, id) &&
  s.broker(id).get('pendingIsr') === null &&
  s.alterRequest(id).length === 0 &&
  s.alterAnswer(id).length === 0;

/** Partition.handleAlterPartitionUpdate and handleAlterPartitionError. */
export function handleAlterAnswer(s: DataPathView, id: number): Update[] | undefined {
  const answer = s.alterAnswer(id).head;
  if (answer === undefined) return;
  const { isr, partitionEpoch, pendingIsr, leaderEpoch } = s.broker(id).value;
  const before = { isr, partitionEpoch, pendingIsr, leaderEpoch };
  const after =
    answer.error === 'none'
      ? handleAlterPartitionUpdate(before, answer)
      : handleAlterPartitionError(before, answer.error).state;
  return [s.alterAnswer(id).receive(), s.broker(id).patch(after)];
}
