import { z } from 'zod';
import {
  type ActionView,
  defineModel,
  family,
  pairs,
  product,
  single,
} from '../../checker/language/index.ts';
import { without } from './replication/isr.ts';
import { LogRecord } from './replication/log.ts';
import { abstractChanges } from './replication-abstract/changes.ts';
import { AbstractParams, epochsUpTo, replicasOf } from './replication-abstract/params.ts';
import { kip320 } from './replication-abstract/rules.ts';
import {
  isTrueLeader,
  newReplica,
  presumesLeadership,
  Quorum,
  type Replica,
  ReplicaState,
} from './replication-abstract/state.ts';

const components = (p: AbstractParams) => ({
  /** What the controller and the leader write to ZooKeeper, each in one step with its decision. */
  quorum: single(Quorum),
  /** By leader epoch. Requests are never lost for good and may be overtaken: a replica takes any that is new to it. */
  leaderAndIsr: family(epochsUpTo(p), Quorum.nullable()),
  replica: family(replicasOf(p), ReplicaState),
  log: family(replicasOf(p), z.array(LogRecord).max(p.logSize), { lane: 'replica' }),
  nextRecordId: single(z.int().min(0)),
});
type View = ActionView<ReturnType<typeof components>>;

/** Reads a field when a rule looks at it, so that what was found out holds whatever the other fields are. */
const replicaOf = (s: View, id: number): Replica => ({
  id,
  get leader() {
    return s.replica(id).get('leader');
  },
  get leaderEpoch() {
    return s.replica(id).get('leaderEpoch');
  },
  get isr() {
    return s.replica(id).get('isr');
  },
  get highWatermark() {
    return s.replica(id).get('highWatermark');
  },
  get log() {
    return s.log(id).value;
  },
});

/** Most replicas do not even presume it, and reading that alone is enough to know. */
const leadsTruly = (s: View, id: number): boolean =>
  presumesLeadership(replicaOf(s, id)) && isTrueLeader(s.quorum.value, replicaOf(s, id));

/** A decision of the controller: a new leader epoch, in ZooKeeper and in a request to every replica. */
function controllerUpdate(s: View, p: AbstractParams, leader: number | null, isr: readonly number[]) {
  const leaderEpoch = s.quorum.value.leaderEpoch + 1;
  if (leaderEpoch > p.maxLeaderEpoch) return;
  const next = { leaderEpoch, leader, isr };
  return [s.quorum.set(next), s.leaderAndIsr(leaderEpoch).set(next)];
}

const updateIsr = (s: View, leader: number, isr: readonly number[]) => [
  s.quorum.patch({ isr }),
  s.replica(leader).patch({ isr }),
];

/**
 * One partition at the granularity of the public TLA+ specification (hachikuji/kafka-specification, Kip320.tla and its
 * relatives), so that state counts can be compared. A follower looks into its leader's log without a message; the quorum is
 * one atomic variable; brokers do not fail, but the controller may decide anything at any time.
 */
export const replicationAbstract = defineModel('kafka/replication-abstract', {
  about: 'One partition as in the public TLA+ specification: leader epochs, ISR, high watermark, truncation',
  params: AbstractParams,
})
  .rules({ ...kip320 })
  .changes(abstractChanges)
  .components(components)
  .symmetric('replica', { keys: replicasOf, components: ['replica', 'log'] })
  .init((p) => ({
    quorum: { leaderEpoch: -1, leader: null, isr: [...replicasOf(p)] },
    leaderAndIsr: null,
    replica: () => newReplica,
    log: () => [],
    nextRecordId: 0,
  }))
  .action('controllerElectLeader', {
    each: replicasOf,
    next(s, id, p) {
      const { leader, isr } = s.quorum.value;
      if (leader === id || !isr.includes(id)) return;
      return controllerUpdate(s, p, id, isr);
    },
    says: (id, { after }) =>
      `the controller makes ${id} the leader, epoch ${after.quorum.get('leaderEpoch')}`,
  })
  .action('controllerShrinkIsr', {
    each: replicasOf,
    next(s, id, p, rules) {
      const { leader, isr } = s.quorum.value;
      if (leader !== id && !isr.includes(id)) return;
      const lastOne = leader === id && isr.length === 1 && isr[0] === id; // it stays: an ISR is never empty
      const left = rules.leaderAfterShrink(s.quorum.value, id);
      return controllerUpdate(s, p, left, lastOne ? isr : without(isr, [id]));
    },
    says: (id, { before, after }) =>
      `the controller takes ${id} for failed${before.quorum.get('leader') === id ? ' and leaves no leader' : ''}, epoch ${after.quorum.get('leaderEpoch')}, ISR {${after.quorum.get('isr')}}`,
  })
  .action('becomeLeader', {
    each: (p) => product(replicasOf(p), epochsUpTo(p)),
    fairness: 'weak',
    next(s, [id, epoch]) {
      const request = s.leaderAndIsr(epoch).value;
      if (request === null || request.leader !== id || s.replica(id).get('leaderEpoch') >= epoch) return;
      return [s.replica(id).patch(request)]; // its high watermark may be behind that of its predecessor
    },
    says: ([id, epoch], { before }) =>
      `${id} becomes leader in epoch ${epoch}, with high watermark ${before.replica(id).get('highWatermark')} and ${before.log(id).value.length} records`,
  })
  .action('becomeFollower', {
    each: (p) => product(replicasOf(p), epochsUpTo(p)),
    fairness: 'weak',
    next(s, [id, epoch], _, rules) {
      const request = s.leaderAndIsr(epoch).value;
      if (request === null || request.leader === null || request.leader === id) return;
      if (s.replica(id).get('leaderEpoch') >= epoch) return;
      const [leader, follower] = [replicaOf(s, request.leader), replicaOf(s, id)];
      if (!rules.mayTruncateAgainst(leader, request)) return;
      const offset = rules.truncationOffset(leader, follower);
      if (offset > follower.log.length) return;
      const highWatermark = Math.min(offset, follower.highWatermark);
      return [s.replica(id).set({ ...request, highWatermark }), s.log(id).set(follower.log.slice(0, offset))];
    },
    says([id, epoch], { before, after }) {
      const [had, has] = [before.log(id).value.length, after.log(id).value.length];
      const cut = had === has ? '' : ` and cuts its log from ${had} to ${has}`;
      return `${id} follows ${after.replica(id).get('leader')} in epoch ${epoch}${cut}`;
    },
  })
  .action('leaderWrite', {
    each: replicasOf,
    fairness: 'strong',
    next(s, id, p) {
      if (!presumesLeadership({ id, leader: s.replica(id).get('leader') })) return;
      const next = s.nextRecordId.value;
      if (next === p.records || s.log(id).value.length === p.logSize) return;
      const record = { id: next, leaderEpoch: s.replica(id).get('leaderEpoch') };
      return [s.log(id).set([...s.log(id).value, record]), s.nextRecordId.set(next + 1)];
    },
    says: (id, { before }) => `${id}, as leader, appends record ${before.nextRecordId.value}`,
  })
  .action('leaderIncHighWatermark', {
    each: replicasOf,
    fairness: 'strong',
    next(s, id, _, rules) {
      if (!presumesLeadership({ id, leader: s.replica(id).get('leader') })) return;
      const leader = replicaOf(s, id);
      const highWatermark = leader.highWatermark + 1;
      if (leader.log.length < highWatermark) return;
      const have = (member: number) => rules.isFollowerCaughtUp(leader, replicaOf(s, member), highWatermark);
      return leader.isr.every(have) ? [s.replica(id).patch({ highWatermark })] : undefined;
    },
    says: (id, { after }) =>
      `${id}, as leader, moves its high watermark to ${after.replica(id).get('highWatermark')}`,
  })
  .action('leaderShrinkIsr', {
    each: (p) => pairs(replicasOf(p)),
    next(s, [id, member], _, rules) {
      if (!leadsTruly(s, id)) return;
      const leader = replicaOf(s, id);
      if (!leader.isr.includes(member)) return;
      if (rules.isFollowerCaughtUp(leader, replicaOf(s, member), leader.log.length)) return;
      return updateIsr(s, id, without(leader.isr, [member]));
    },
    says: ([id, member]) => `${id}, as leader, takes ${member} out of the ISR, since it lags`,
  })
  .action('leaderExpandIsr', {
    each: (p) => pairs(replicasOf(p)),
    fairness: 'strong',
    next(s, [id, member], _, rules) {
      if (!leadsTruly(s, id)) return;
      const leader = replicaOf(s, id);
      if (leader.isr.includes(member) || !rules.hasReachedCurrentEpoch(leader)) return;
      if (!rules.isFollowerCaughtUp(leader, replicaOf(s, member), leader.highWatermark)) return;
      return updateIsr(s, id, [...leader.isr, member]);
    },
    says: ([id, member]) => `${id}, as leader, adds ${member} to the ISR`,
  })
  .action('followerFetch', {
    each: (p) => pairs(replicasOf(p)),
    next(s, [id, from], p, rules) {
      if (s.replica(id).get('leader') !== from || s.replica(from).get('leader') !== from) return;
      const [follower, leader] = [replicaOf(s, id), replicaOf(s, from)];
      const end = follower.log.length;
      const record = leader.log[end];
      if (record === undefined || end === p.logSize) return;
      if (!rules.isFollowerCaughtUp(leader, follower, end)) return;
      return [
        s.log(id).set([...follower.log, record]),
        s.replica(id).patch({ highWatermark: Math.min(leader.highWatermark, end + 1) }),
      ];
    },
    says: ([id, from], { after }) =>
      `${id} fetches from ${from}: record ${after.log(id).value.at(-1)?.id}, high watermark ${after.replica(id).get('highWatermark')}`,
  })
  .action('followerTruncate', {
    each: (p, rules) => (rules.truncationOnFetch === null ? [] : pairs(replicasOf(p))),
    fairness: 'weak',
    next(s, [id, from], _, { truncationOnFetch }) {
      if (s.replica(id).get('leader') !== from || s.replica(from).get('leader') !== from) return;
      const follower = replicaOf(s, id);
      const offset = truncationOnFetch?.(replicaOf(s, from), follower);
      if (offset === undefined) return;
      return [
        s.log(id).set(follower.log.slice(0, offset)),
        s.replica(id).patch({ highWatermark: Math.min(offset, follower.highWatermark) }),
      ];
    },
    says: ([id, from], { after }) =>
      `${id} learns from ${from} that their logs differ, and keeps ${after.log(id).value.length} records`,
  })
  .deadlock('allowed'); // the bounds end every run
