import { defineModel, pairs } from '../../../checker/language/index.ts';
import { spend, spent } from '../budgets.ts';
import { ack, dataPathComponents } from './components.ts';
import { followerOf, handleResponse, nextRequest, storeFollower } from './follower.ts';
import { without } from './isr.ts';
import { leads, mayProposeIsr, moveHighWatermark, proposeIsr, serveFetch } from './leader.ts';
import { assignEpoch } from './leader-epoch-cache.ts';
import { brokersOf, DataPathParams, minIsrOf } from './params.ts';
import { checkEnoughReplicas } from './produce.ts';
import { kafkaRules } from './replication-rules.ts';
import { braces, describeAnswer, describeRequest } from './words.ts';

/** What leader and followers do among themselves: produce, fetch, high watermark, ISR. Part of kafka/replication and kafka/cluster. */
export const dataPath = defineModel('kafka/replication: data path', {
  about: 'What leader and followers do among themselves',
  params: DataPathParams,
})
  .rules({ ...kafkaRules })
  .components(dataPathComponents)
  .action('produce', {
    each: brokersOf,
    next(s, id, p, rules) {
      const record = s.nextRecord.value;
      if (record === p.records || !leads(s, id)) return;
      if (checkEnoughReplicas(p.acks, s.broker(id).get('isr'), minIsrOf(p)) !== 'ok') return;
      const [log, leaderEpoch] = [s.log(id).value, s.broker(id).get('leaderEpoch')];
      const noted = rules.recordsEpochOnElection
        ? []
        : [s.epochCache(id).set(assignEpoch(s.epochCache(id).value, leaderEpoch, log.length))];
      return [
        s.log(id).set([...log, { id: record, leaderEpoch }]),
        s.nextRecord.set(record + 1),
        ...noted,
        ...(p.acks === '1' ? [s.acked.apply(ack, [record])] : []),
      ];
    },
    says: (id, { before, params }) =>
      `leader ${id} appends record ${before.nextRecord.value}${params.acks === '1' ? ' and acknowledges it' : ''}`,
  })
  .action('fetch', {
    each: (p) => pairs(brokersOf(p)),
    fairness: 'weak',
    next(s, [id, leader], _, rules) {
      const { process, leader: followed, leaderEpoch, brokerEpoch } = s.broker(id).value;
      if (process !== 'up' || followed !== leader || s.broker(leader).get('process') !== 'up') return;
      if (s.fetchRequest(id, leader).length + s.fetchResponse(leader, id).length > 0) return;
      return [
        s.fetchRequest(id, leader).send(nextRequest(followerOf(s, id), leaderEpoch, brokerEpoch, rules)),
      ];
    },
    says: ([id, leader]) => `${id} connects to ${leader} again`,
  })
  .action('serveFetch', {
    each: (p) => pairs(brokersOf(p)),
    fairness: 'weak',
    next: (s, [id, leader], _, rules) => serveFetch(s, leader, id, rules),
    says: ([id, leader], { before, after }) =>
      `leader ${leader} answers ${describeRequest(id, before.fetchRequest(id, leader).head)}: ${describeAnswer(after.fetchResponse(leader, id).head)}`,
  })
  .action('handleFetchResponse', {
    each: (p) => pairs(brokersOf(p)),
    fairness: 'weak',
    next(s, [id, leader], _, rules) {
      const answer = s.fetchResponse(leader, id).head;
      if (answer === undefined) return;
      const next = handleResponse(followerOf(s, id), answer, rules);
      const leaderEpoch = s.broker(id).get('leaderEpoch');
      return [
        s.fetchResponse(leader, id).receive(),
        ...storeFollower(s, id, leader, next, leaderEpoch, rules),
      ];
    },
    says([id, leader], { before, after }) {
      const [had, has] = [before.log(id).value.length, after.log(id).value.length];
      const what = has < had ? `cuts its log from ${had} to ${has}` : `has ${has} records`;
      return `${id} takes the answer of ${leader}: ${what}, high watermark ${after.broker(id).get('highWatermark')}`;
    },
  })
  .action('moveHighWatermark', {
    each: brokersOf,
    fairness: 'weak',
    next: moveHighWatermark,
    says: (id, { before, after }) =>
      `leader ${id} moves its high watermark to ${after.broker(id).get('highWatermark')}; acknowledged: ${braces(without(after.acked.value, before.acked.value))}`,
  })
  .action('shrinkIsr', {
    each: (p) => pairs(brokersOf(p)),
    next(s, [id, member], p, rules) {
      if (spent(s, 'shrinks') || !mayProposeIsr(s, id)) return;
      const isr = s.broker(id).get('isr');
      if (!isr.includes(member)) return;
      const proposed = proposeIsr(s, id, without(isr, [member]), p, rules);
      return proposed && [spend(s, 'shrinks'), ...proposed];
    },
    says: ([id, member]) => `leader ${id} takes ${member} for too slow and wants it out of the ISR`,
  })
  .action('expandIsr', {
    each: (p) => pairs(brokersOf(p)),
    fairness: 'weak',
    next(s, [id, member], p, rules) {
      if (!mayProposeIsr(s, id)) return;
      const { isr, highWatermark, epochStartOffset } = s.broker(id).value;
      if (isr.includes(member)) return;
      const end = s.followerEnd(id, member).get('offset');
      if (!rules.isFollowerInSync(end, highWatermark, epochStartOffset)) return;
      if (isr.length < minIsrOf(p) && !rules.mayJoinSmallIsr(end, s.log(id).value.length)) return;
      return proposeIsr(s, id, [...isr, member], p, rules);
    },
    says: ([id, member]) => `leader ${id} finds ${member} in sync and wants it in the ISR`,
  });
