import { pairs, properties, type StateOf } from '../../checker/language/index.ts';
import { firstDifference } from '../../model/kafka/replication/log.ts';
import { replicasOf } from '../../model/kafka/replication-abstract/params.ts';
import { replicationAbstract } from '../../model/kafka/replication-abstract.ts';

type View = StateOf<typeof replicationAbstract>;

/** The first member of `isr` that does not hold what `leader` shows to consumers. */
function lacksCommitted(s: View, leader: number, isr: readonly number[], whose: string): true | string {
  const highWatermark = s.replica(leader).get('highWatermark');
  for (const member of isr) {
    const offset = firstDifference(s.log(leader).value, s.log(member).value, highWatermark);
    if (offset !== undefined)
      return `${member} is in the ISR ${whose} and lacks the record at offset ${offset}, which is below the high watermark ${highWatermark} of ${leader}`;
  }
  return true;
}

const leadsWithCommitted = (s: View, id: number): boolean =>
  s.replica(id).get('leader') === id && s.replica(id).get('highWatermark') > 0;

/** What replication promises, as in KafkaReplication.tla, and two promises more about what replicas share. */
export default properties(replicationAbstract)
  .always('weakIsr', {
    about:
      'Whoever believes to lead has its records below the high watermark in all of the ISR that it believes in (R1)',
    source: 'KafkaReplication.tla, WeakIsr',
    each: replicasOf,
    premise: leadsWithCommitted,
    holds: (s, id) => lacksCommitted(s, id, s.replica(id).get('isr'), `that ${id} believes in`),
  })
  .always('strongIsr', {
    about: 'Whoever believes to lead has its records below the high watermark in all of the true ISR (R2)',
    source: 'KafkaReplication.tla, StrongIsr',
    each: replicasOf,
    premise: leadsWithCommitted,
    holds: (s, id) => lacksCommitted(s, id, s.quorum.get('isr'), 'in ZooKeeper'),
  })
  .always('leaderInIsr', {
    about: 'The leader, if there is one, is in the ISR (P3)',
    source: 'KafkaReplication.tla, LeaderInIsr, which forgets that there may be no leader',
    premise: (s) => s.quorum.get('leader') !== null,
    holds(s) {
      const { leader, isr } = s.quorum.value;
      return leader === null || isr.includes(leader) || `the leader ${leader} is not in the ISR {${isr}}`;
    },
  })
  .always('sameEpochMatch', {
    about: 'A leader and its follower in the same epoch agree as far as both logs go (R6)',
    source: 'KIP-279: silent divergence',
    each: (p) => pairs(replicasOf(p)),
    premise: (s, [leader, follower]) =>
      s.replica(leader).get('leader') === leader &&
      s.replica(follower).get('leader') === leader &&
      s.replica(leader).get('leaderEpoch') === s.replica(follower).get('leaderEpoch'),
    holds(s, [leader, follower]) {
      const [a, b] = [s.log(leader).value, s.log(follower).value];
      const offset = firstDifference(a, b, Math.min(a.length, b.length));
      return (
        offset === undefined ||
        `${follower} follows ${leader} in epoch ${s.replica(leader).get('leaderEpoch')}, and they differ at offset ${offset}`
      );
    },
  })
  .always('prefixToHighWatermark', {
    about: 'Two replicas agree below the high watermarks of both (R5)',
    source: 'KIP-101, scenario 2',
    each: (p) => pairs(replicasOf(p)).filter(([a, b]) => a < b),
    premise: (s, [a, b]) =>
      Math.min(s.replica(a).get('highWatermark'), s.replica(b).get('highWatermark')) > 0,
    holds(s, [a, b]) {
      const end = Math.min(s.replica(a).get('highWatermark'), s.replica(b).get('highWatermark'));
      const offset = firstDifference(s.log(a).value, s.log(b).value, end);
      return offset === undefined || `${a} and ${b} differ at offset ${offset}, which is committed for both`;
    },
  });
