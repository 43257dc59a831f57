import { pairs, properties, type StateOf } from '../../../checker/language/index.ts';
import { dataPath } from '../../../model/kafka/replication/data-path.ts';
import { without } from '../../../model/kafka/replication/isr.ts';
import { epochsOf, firstDifference } from '../../../model/kafka/replication/log.ts';
import {
  brokersOf,
  cleanElections,
  type DataPathParams,
  keepsAcked,
} from '../../../model/kafka/replication/params.ts';
import { braces } from '../../../model/kafka/replication/words.ts';

type View = StateOf<typeof dataPath>;

/** It believes to lead, has something below its high watermark, and until now no broker has lost what it had stored. */
const leadsWithCommitted = (s: View, id: number, p: DataPathParams): boolean =>
  s.broker(id).get('leader') === id &&
  s.broker(id).get('highWatermark') > 0 &&
  (p.beyondPromise || (s.budget('wipes').value === p.wipes && hadNoMachineCrash(s, p)));
const hadNoMachineCrash = (s: View, p: DataPathParams): boolean =>
  p.flushEveryRecord || s.budget('machineCrashes').value === p.machineCrashes;

/** It believes to lead, and the controller agrees. */
export const isCurrentLeader = (s: View, id: number): boolean =>
  s.broker(id).get('leader') === id && s.broker(id).get('leaderEpoch') === s.partition.get('leaderEpoch');

function lacksCommitted(s: View, leader: number, isr: readonly number[], whose: string): true | string {
  const highWatermark = s.broker(leader).get('highWatermark');
  for (const member of isr) {
    const offset = firstDifference(s.log(leader).value, s.log(member).value, highWatermark);
    if (offset !== undefined)
      return `${member} is in the ISR ${whose} and lacks the record at offset ${offset}, below the high watermark ${highWatermark} of ${leader}`;
  }
  return true;
}

/** What replication promises of the data, whoever the controller is. */
export const dataPromises = properties(dataPath)
  .always('weakIsr', {
    about:
      'Whoever believes to lead has its records below the high watermark in all of the ISR that it believes in (R1)',
    source: 'KafkaReplication.tla, WeakIsr',
    applies: cleanElections,
    each: brokersOf,
    premise: leadsWithCommitted,
    holds: (s, id) => lacksCommitted(s, id, s.broker(id).get('isr'), `that ${id} believes in`),
  })
  .always('strongIsr', {
    about: 'Whoever believes to lead has its records below the high watermark in all of the true ISR (R2)',
    source: 'KafkaReplication.tla, StrongIsr',
    applies: cleanElections,
    each: brokersOf,
    premise: leadsWithCommitted,
    holds: (s, id) => lacksCommitted(s, id, s.partition.get('isr'), 'of the controller'),
  })
  .always('ackedNotLost', {
    about: 'The leader, once it leads, has every record that a producer was told is written (R3)',
    source: 'Kafka documentation, acks and min.insync.replicas; KIP-966',
    applies: keepsAcked,
    each: brokersOf,
    premise: (s, id) => isCurrentLeader(s, id) && s.acked.value.length > 0,
    holds(s, id) {
      const has = s.log(id).value.map((record) => record.id);
      const lost = s.acked.value.filter((record) => !has.includes(record));
      return (
        lost.length === 0 || `record ${lost.join(', ')} was acknowledged, and leader ${id} does not have it`
      );
    },
  })
  .always('ackedSomewhere', {
    about: 'Some replica, running or not, has every record that a producer was told is written',
    source: 'KIP-966',
    applies: keepsAcked,
    premise: (s) => s.acked.value.length > 0,
    holds(s, _, p) {
      const has = brokersOf(p).flatMap((id) => s.log(id).value.map((record) => record.id));
      const lost = s.acked.value.filter((record) => !has.includes(record));
      return lost.length === 0 || `record ${lost.join(', ')} was acknowledged, and no replica has it`;
    },
  })
  .always('candidateComplete', {
    about: 'Every broker that runs and is in the ISR, or eligible, has all that was ever committed (R4)',
    source: 'KIP-966',
    applies: keepsAcked,
    each: brokersOf,
    premise: (s, id) =>
      s.broker(id).get('process') === 'up' &&
      s.committed.value.length > 0 &&
      (s.partition.get('isr').includes(id) || s.partition.get('elr').includes(id)),
    holds(s, id) {
      const offset = firstDifference(s.committed.value, s.log(id).value, s.committed.value.length);
      return (
        offset === undefined || `${id} may be elected and lacks the committed record at offset ${offset}`
      );
    },
  })
  .always('prefixToHighWatermark', {
    about: 'Two replicas agree below the high watermarks of both (R5)',
    source: 'KIP-101, scenario 2',
    applies: (p) => p.replicas > 1 && keepsAcked(p),
    each: (p) => pairs(brokersOf(p)).filter(([a, b]) => a < b),
    premise: (s, [a, b]) => Math.min(s.broker(a).get('highWatermark'), s.broker(b).get('highWatermark')) > 0,
    holds(s, [a, b]) {
      const end = Math.min(s.broker(a).get('highWatermark'), s.broker(b).get('highWatermark'));
      const offset = firstDifference(s.log(a).value, s.log(b).value, end);
      return offset === undefined || `${a} and ${b} differ at offset ${offset}, which is committed for both`;
    },
  })
  .always('sameEpochMatch', {
    about:
      'A leader and a follower that has begun to fetch in the same epoch agree as far as both logs go (R6)',
    source: 'KIP-279: silent divergence',
    applies: (p) => p.replicas > 1,
    each: (p) => pairs(brokersOf(p)),
    premise: (s, [leader, follower]) =>
      s.broker(leader).get('leader') === leader &&
      s.broker(follower).get('leader') === leader &&
      !s.broker(follower).get('truncating') &&
      s.broker(leader).get('leaderEpoch') === s.broker(follower).get('leaderEpoch'),
    holds(s, [leader, follower]) {
      const [a, b] = [s.log(leader).value, s.log(follower).value];
      const offset = firstDifference(a, b, Math.min(a.length, b.length));
      return (
        offset === undefined ||
        `${follower} fetches from ${leader} in epoch ${s.broker(leader).get('leaderEpoch')}, and they differ at offset ${offset}`
      );
    },
  })
  .always('quorumSuperset', {
    about: 'The leader counts at least the replicas that the controller takes to be in the ISR (R7)',
    source: 'Partition.maximalIsr; AsyncIsr.tla',
    each: brokersOf,
    premise: isCurrentLeader,
    holds(s, id, _, rules) {
      const { isr, pendingIsr } = s.broker(id).value;
      const missed = without(s.partition.get('isr'), rules.maximalIsr({ isr, pendingIsr }));
      return missed.length === 0 || `leader ${id} does not wait for ${braces(missed)}, which is in the ISR`;
    },
  })
  .always('consumedStable', {
    about: 'What a consumer has read is never replaced by something else at the leader (R8)',
    source: 'Vanlightly/kafka-tlaplus, ConsistentRead',
    applies: keepsAcked,
    each: brokersOf,
    premise: (s, id) => isCurrentLeader(s, id) && s.committed.value.length > 0,
    holds(s, id) {
      const [read, log] = [s.committed.value, s.log(id).value];
      const offset = firstDifference(read, log, Math.min(read.length, log.length));
      return (
        offset === undefined || `leader ${id} has another record at offset ${offset} than consumers have read`
      );
    },
  })
  .always('committedSomewhere', {
    about: 'Some replica has everything that was ever committed (R9)',
    source: 'Vanlightly/kafka-tlaplus, NoCommittedLostGlobally',
    applies: keepsAcked,
    premise: (s) => s.committed.value.length > 0,
    holds: (s, _, p) =>
      brokersOf(p).some(
        (id) => firstDifference(s.committed.value, s.log(id).value, s.committed.value.length) === undefined,
      ) || 'no replica has all the records that were committed',
  })
  .always('epochCacheSound', {
    about:
      'The epoch cache says where each epoch of the log starts, and at most one more that has no record yet (R10)',
    source: 'LeaderEpochFileCache',
    each: brokersOf,
    premise: (s, id) => s.log(id).value.length > 0,
    holds(s, id) {
      const [log, cache] = [s.log(id).value, s.epochCache(id).value];
      const known = cache.filter(({ startOffset }) => startOffset < log.length);
      const expected = epochsOf(log);
      const same =
        known.length === expected.length &&
        known.every(({ epoch, startOffset }, i) => {
          const entry = expected[i];
          return entry?.epoch === epoch && entry.startOffset === startOffset;
        });
      if (same && cache.length - known.length <= 1) return true;
      return `the epochs of ${id} are ${JSON.stringify(cache)}, those of its log ${JSON.stringify(expected)}`;
    },
  });
