import { defineModel, pairs, product, type Update } from '../../../checker/language/index.ts';
import { handleAlterPartitionError, handleAlterPartitionUpdate, union, without } from '../replication/isr.ts';
import { braces } from '../replication/words.ts';
import {
  type PartitionElectionView,
  partitionElectionComponents,
  type Replica,
  spend,
  spent,
} from './components.ts';
import { liveBrokers } from './controller-context.ts';
import { begin, contextOf, isIdle, lookupOf } from './controller-view.ts';
import { learnIsr } from './isr-change.ts';
import { brokersOf, epochsOf, PartitionElectionParams, partitionsOf } from './params.ts';
import { partitionElectionRules } from './partition-election-rules.ts';
import { lookingAt } from './work.ts';

type View = PartitionElectionView;

const leaderAndMember = (p: PartitionElectionParams) =>
  product(pairs(brokersOf(p)), partitionsOf(p)).map(
    ([[id, member], partition]) => [id, member, partition] as const,
  );

/** Whether it takes itself for the leader and has no change of the ISR in flight. */
function mayChangeIsr(s: View, id: number, partition: number): boolean {
  if (s.broker(id).get('process') === 'down') return false;
  const { leader, pendingIsr } = s.replica(id, partition).value;
  return leader === id && pendingIsr === null;
}

/** Partition.submitAlterPartition: by a conditional write of its own, which fails without effect when the znode has changed, or by asking. */
function changeIsr(
  s: View,
  id: number,
  partition: number,
  isr: readonly number[],
  p: PartitionElectionParams,
): Update[] | undefined {
  const own = s.replica(id, partition);
  const { leaderEpoch, partitionEpoch } = own.value;
  if (p.isrWrites === 'alterPartition') {
    if (s.alterRequest(id).length + s.alterAnswer(id).length > 0) return;
    const brokerEpoch = s.broker(id).get('brokerEpoch');
    return [
      own.patch({ pendingIsr: isr }),
      s.alterRequest(id).send({ partition, leaderEpoch, isr, partitionEpoch, brokerEpoch }),
    ];
  }
  const node = s.partitionNode(partition).value;
  if (node === null || node.partitionEpoch !== partitionEpoch) return;
  const next = { isr, partitionEpoch: partitionEpoch + 1 };
  return [
    s.partitionNode(partition).set({ ...node, ...next }),
    s.isrChange(partition).set(true),
    own.patch(next),
  ];
}

/** Partition.isReplicaIsrEligible: ZkMetadataCache knows the broker to live. */
const isEligible = (s: View, id: number, member: number, p: PartitionElectionParams): boolean =>
  p.updateMetadata ? s.broker(id).get('alive').includes(member) : s.brokerNode(member).value !== null;

/** A follower that fetches from this leader in its epoch. */
const follows = (s: View, member: number, partition: number, own: Replica): boolean => {
  const { leader, leaderEpoch, fetching } = s.replica(member, partition).value;
  return fetching && leader === own.leader && leaderEpoch === own.leaderEpoch;
};

/** How leaders change the ISR. Part of kafka/partition-election. */
export const leaderActions = defineModel('kafka/partition-election: leaders', {
  about: 'Changes of the ISR by leaders',
  params: PartitionElectionParams,
})
  .rules({ ...partitionElectionRules })
  .components(partitionElectionComponents)
  .action('shrinkIsr', {
    each: (p) => (p.shrinks > 0 ? leaderAndMember(p) : []),
    next(s, [id, member, partition], p) {
      if (spent(s, 'shrinks') || !mayChangeIsr(s, id, partition)) return;
      const isr = s.replica(id, partition).get('isr');
      if (!isr.includes(member)) return;
      const changed = changeIsr(s, id, partition, without(isr, [member]), p);
      return changed && [spend(s, 'shrinks'), ...changed];
    },
    says: ([id, member, partition]) =>
      `leader ${id} takes ${member} for too slow and wants it out of the ISR of partition ${partition}`,
  })
  .action('expandIsr', {
    each: leaderAndMember,
    fairness: 'weak',
    next(s, [id, member, partition], p) {
      if (!mayChangeIsr(s, id, partition)) return;
      const own = s.replica(id, partition).value;
      if (own.isr.includes(member) || !own.replicas.includes(member)) return;
      if (!isEligible(s, id, member, p) || !follows(s, member, partition, own)) return;
      return changeIsr(s, id, partition, union(own.isr, [member]), p);
    },
    says: ([id, member, partition]) =>
      `leader ${id} finds ${member} in sync and wants it in the ISR of partition ${partition}`,
  })
  .action('alterPartition', {
    each: (p) => (p.isrWrites === 'alterPartition' ? product(epochsOf(p), brokersOf(p)) : []),
    fairness: 'weak',
    next(s, [epoch, id], p, rules) {
      const request = s.alterRequest(id).head;
      if (request === undefined || !isIdle(s, epoch)) return;
      const { partition, isr, leaderEpoch, partitionEpoch } = request;
      const context = contextOf(s, epoch, p);
      const leadership = context.partitions[partition]?.leadership ?? undefined;
      const verdict = rules.answerAlterPartition(
        { ...request, leader: id },
        {
          active: true,
          brokerEpoch: context.registrations.find((known) => known.id === id)?.brokerEpoch,
          partition: leadership,
          live: liveBrokers(context).live,
        },
      );
      const known = {
        partition,
        leaderEpoch,
        isr,
        partitionEpoch: leadership?.partitionEpoch ?? partitionEpoch,
      };
      const taken = s.alterRequest(id).receive();
      const answer = (
        error: 'none' | 'UNKNOWN_SERVER_ERROR' | Exclude<typeof verdict, 'write' | 'unchanged'>,
      ) => s.alterAnswer(id).send({ ...known, error });
      if (verdict === 'unchanged') return [taken, answer('none')];
      if (verdict !== 'write') return [taken, answer(verdict)];
      if (!rules.isCurrentController(epoch, s.controllerEpoch.value)) {
        return [taken, answer('UNKNOWN_SERVER_ERROR')]; // processAlterPartition catches what would tell it to resign
      }
      const node = s.partitionNode(partition).value;
      if (node?.partitionEpoch !== partitionEpoch) return [taken, answer('INVALID_UPDATE_VERSION')];
      const next = {
        leader: id,
        leaderEpoch,
        isr,
        partitionEpoch: partitionEpoch + 1,
        controllerEpoch: epoch,
      };
      return [
        taken,
        s.partitionNode(partition).set(next),
        s.alterAnswer(id).send({ ...known, partitionEpoch: next.partitionEpoch, error: 'none' }),
        ...begin(
          s,
          learnIsr(context, partition, next, rules),
          p,
          rules,
          lookingAt(lookupOf(s, p), partition, next),
        ),
      ];
    },
    says: ([epoch, id], { after }) =>
      `controller ${epoch} answers ${id}: ${after.alterAnswer(id).head?.error === 'none' ? `the ISR is ${braces(after.alterAnswer(id).head?.isr ?? [])}` : after.alterAnswer(id).head?.error}`,
  })
  .action('handleAlterAnswer', {
    each: (p) => (p.isrWrites === 'alterPartition' ? brokersOf(p) : []),
    fairness: 'weak',
    next(s, id) {
      const answer = s.alterAnswer(id).head;
      if (answer === undefined || s.broker(id).get('process') === 'down') return;
      const own = s.replica(id, answer.partition);
      const before = own.value;
      const taken = s.alterAnswer(id).receive();
      if (before.pendingIsr === null) return [taken];
      const { error } = answer;
      if (error === 'none') return [taken, own.set(handleAlterPartitionUpdate(before, answer))];
      const { state, retry } = handleAlterPartitionError(before, error);
      if (!retry) return [taken, own.set(state)];
      const { leaderEpoch, pendingIsr: isr, partitionEpoch } = before;
      const brokerEpoch = s.broker(id).get('brokerEpoch');
      const again = { partition: answer.partition, leaderEpoch, isr, partitionEpoch, brokerEpoch };
      return [taken, s.alterRequest(id).send(again)];
    },
    says: (id, { before }) => `leader ${id} hears of it: ${before.alterAnswer(id).head?.error}`,
  });
