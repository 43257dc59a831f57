import { properties, range, type StateOf } from '../../checker/language/index.ts';
import { without } from '../../model/kafka/replication/isr.ts';
import {
  brokersOf,
  lossyRestarts,
  minIsrOf,
  type ReplicationParams,
  toleratedLosses,
} from '../../model/kafka/replication/params.ts';
import { braces } from '../../model/kafka/replication/words.ts';
import { replication } from '../../model/kafka/replication.ts';
import { dataPromises, isCurrentLeader } from './replication/data-path.ts';

export { replicationFaults as faults } from './replication-faults.ts';

type View = StateOf<typeof replication>;

/** The leader of the present epoch has appended the record in it, and its high watermark is not there yet. */
function waitsFor(s: View, id: number, record: number): boolean {
  if (!isCurrentLeader(s, id)) return false;
  const { highWatermark, leaderEpoch } = s.broker(id).value;
  const offset = s.log(id).value.findIndex((appended) => appended.id === record);
  return offset >= highWatermark && s.log(id).value[offset]?.leaderEpoch === leaderEpoch;
}

const pairOf = (instance: unknown): readonly [number, number] =>
  Array.isArray(instance) ? [Number(instance[0]), Number(instance[1])] : [0, 0];

/** Whether enough brokers come back with what they had that somebody may lead and the others may follow. */
const brokersComeBack = (p: ReplicationParams): boolean =>
  lossyRestarts(p) + p.processCrashes <= toleratedLosses(p) && p.corruptIndexes === 0;

/**
 * What replication promises. Where a promise presumes clean elections, or that no more disks are lost than
 * min.insync.replicas allows for, `applies` says so; the parameter beyondPromise checks it all the same.
 */
export default properties(replication)
  .include(dataPromises)
  .step('noneRejoinsWhileLeaving', {
    about:
      'A broker that is shutting down or gone does not enter the ISR (P8); says something from cleanStops=1 on',
    source: 'KIP-841',
    applies: (p) => p.cleanStops > 0,
    on: ['alterPartition', 'expandIsr'],
    premise: (before, after) => after.partition.get('isr').length > before.partition.get('isr').length,
    holds(before, after) {
      const joined = without(after.partition.get('isr'), before.partition.get('isr'));
      const leaving = joined.filter((id) => after.registration(id).value !== 'registered');
      return leaving.length === 0 || `${braces(leaving)} enters the ISR and is about to stop`;
    },
  })
  .step('noneJoinsToBeShrunk', {
    about:
      'Who joins an ISR below min.insync.replicas has the whole log: else it lags, is taken out and joins again. Not promised',
    source: 'KAFKA-19996',
    applies: (p) => p.beyondPromise,
    on: ['expandIsr'],
    premise: (before, _, { instance }, p) =>
      before.broker(pairOf(instance)[0]).get('isr').length < minIsrOf(p),
    holds(before, _, { instance }) {
      const [leader, member] = pairOf(instance);
      const [end, logEndOffset] = [
        before.followerEnd(leader, member).get('offset'),
        before.log(leader).value.length,
      ];
      return end >= logEndOffset || `${member} joins with ${end} of ${logEndOffset} records`;
    },
  })
  .reachable('ackedByAll', {
    about: 'A record is acknowledged',
    applies: (p) => p.records > 0,
    when: (s) => s.acked.value.length > 0,
  })
  .temporal('writeResolves', {
    about: 'R11: a record is committed, unless the leader that appended it does not stay',
    source: 'Vanlightly/kafka-tlaplus, WriteResolves',
    applies: brokersComeBack,
    each: (p) => range(p.records),
    from: (s, record, p) => brokersOf(p).some((id) => waitsFor(s, id, record)),
    leadsTo: (s, record, p) => !brokersOf(p).some((id) => waitsFor(s, id, record)),
  })
  .temporal('followerConverges', {
    about: 'R12: under a leader that stays, a follower that runs ends up in the ISR',
    source: 'KAFKA-10706, KAFKA-7415',
    applies: brokersComeBack,
    eventuallyAlways: (s, _, p) => brokersOf(p).every((id) => s.partition.get('isr').includes(id)),
  });
