import { z } from 'zod';
import {
  type ActionView,
  channels,
  type DeepReadonly,
  family,
  ghost,
  operation,
  queues,
  ref,
  type StateView,
  setOf,
  single,
  table,
} from '../../../../checker/language/index.ts';
import { Zxid } from '../../zxid.ts';
import { DataTree, LearnerSync, MisnamedSnapshot } from '../learner-sync.ts';
import { History, Txn, type History as Txns } from '../txn.ts';
import { allServersOf, type BroadcastParams } from './params.ts';

const Epoch = z.int().min(0);
const Server = ref('server', { min: 0 });
const Budget = z.int().min(0);

/** QuorumPacket, as far as it matters here. SNAP carries the leader's tree. */
const Packet = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('DIFF'), zxid: Zxid }),
  z.strictObject({ type: z.literal('TRUNC'), zxid: Zxid }),
  z.strictObject({ type: z.literal('SNAP'), zxid: Zxid, txns: History }),
  z.strictObject({ type: z.literal('NEWLEADER'), epoch: Epoch }),
  z.strictObject({ type: z.literal('UPTODATE') }),
  z.strictObject({ type: z.literal('PROPOSAL'), txn: Txn }),
  z.strictObject({ type: z.literal('COMMIT'), zxid: Zxid }),
  z.strictObject({ type: z.literal('INFORM'), txn: Txn }),
  z.strictObject({ type: z.literal('ACK'), zxid: Zxid }),
]);
export type Packet = DeepReadonly<z.infer<typeof Packet>>;

const Peer = z.strictObject({
  state: z.enum(['LOOKING', 'FOLLOWING', 'LEADING', 'OBSERVING']),
  /** Discovery is a phase of its own where a leader is elected first (zookeeper/ensemble). */
  phase: z.enum(['election', 'discovery', 'synchronization', 'broadcast']),
  /** 0: none. */
  leader: Server,
  /** How many steps of NEWLEADER have been made, of those that the era has. */
  newLeaderSteps: z.int().min(0),
});

/** Leader.java; whether it serves is the phase of its peer. */
const Leading = z.strictObject({
  epoch: Epoch,
  newLeaderAcks: setOf(Server),
  lastProposed: Zxid,
  lastCommitted: Zxid,
  outstandingProposals: z.array(z.strictObject({ txn: Txn, acks: setOf(Server) })),
});

/** How far a LearnerHandler is: `decided` between choosing DIFF, TRUNC or SNAP and starting to forward. */
const Handler = z.discriminatedUnion('stage', [
  z.strictObject({ stage: z.enum(['none', 'connected']) }),
  /** The learner has accepted the epoch; -1: not for the first time. */
  z.strictObject({ stage: z.literal('accepted'), ackEpoch: z.int().min(-1) }),
  z.strictObject({ stage: z.literal('registered'), peerLastZxid: Zxid }),
  z.strictObject({ stage: z.literal('decided'), queued: z.array(Packet), forwardFrom: Zxid }),
  /** Forwarding, with the snapshot still to be written: the learner gets nothing before it. */
  z.strictObject({ stage: z.literal('snapshot') }),
  z.strictObject({ stage: z.enum(['newLeader', 'acked', 'serving']) }),
]);

/** Leader.epoch, connectingFollowers, waitingForNewEpoch; electingFollowers, electionFinished. */
const Discovery = z.strictObject({
  proposal: z.strictObject({ epoch: z.int(), connecting: setOf(Server), waiting: z.boolean() }),
  acks: z.strictObject({ electing: setOf(Server), finished: z.boolean() }),
});

const Established = z.strictObject({ epoch: Epoch, leader: Server, history: History });

/** Messages that nobody may ever receive, each named by what it is. */
export const Refusal = z.enum(['badState', 'truncTargetMissing', 'badAck', 'badProposal', 'badCommit']);
export type Refusal = z.infer<typeof Refusal>;

export function implementationComponents(p: BroadcastParams) {
  const servers = allServersOf(p);
  const lane = { lane: 'server' };
  return {
    process: family(servers, z.enum(['up', 'down']), lane),
    epochs: family(servers, z.strictObject({ acceptedEpoch: Epoch, currentEpoch: Epoch }), lane),
    /** currentEpoch.tmp, written but not yet renamed. */
    epochTmp: family(servers, Epoch.nullable(), lane),
    /** Of a leader, where its discovery goes message by message. */
    discovery: family(servers, Discovery.nullable(), lane),
    /** Snapshot and log on disk, as one history. */
    log: family(servers, History, lane),
    tree: family(servers, DataTree, lane),
    peer: family(servers, Peer, lane),
    sync: family(servers, LearnerSync.nullable(), lane),
    leading: family(servers, Leading.nullable(), lane),
    /** Of the leader (first) for a learner. */
    handler: table(servers, servers, Handler, lane),
    /** SyncRequestProcessor: waits to be written and flushed; then for its ack. */
    syncQueue: queues(servers, Txn, lane),
    toAck: queues(servers, Zxid, lane),
    /** What the logging thread of an earlier role still writes, where leaving a role does not wait for it (ZOOKEEPER-4712). */
    orphans: queues(servers, Txn, lane),
    /** FollowerZooKeeperServer.pendingTxns: proposals that wait for their COMMIT. */
    pendingTxns: queues(servers, Txn, lane),
    /** Committed, and in the hands of the commit thread (Leader.toBeApplied on a leader). */
    toBeApplied: queues(servers, Txn, lane),
    /** In memory, but missing in the cache of committed transactions; always nothing but in 3.9.3 (ZOOKEEPER-4925). */
    uncached: family(servers, History, lane),
    /** The content of the newest snapshot, where a truncation does not undo it (ZOOKEEPER-1549); nothing elsewhere. */
    snapshot: family(servers, History, lane),
    /** The newest snapshot, where its name says more than its content (ZOOKEEPER-3104); null elsewhere. */
    misnamed: family(servers, MisnamedSnapshot.nullable(), lane),
    net: channels(servers, Packet, lane),
    /** What handlers of closed connections have still to do at a leader: to count an ack, and at their end (null) to forget the learner. */
    oldHandlers: queues(servers, z.strictObject({ from: Server, zxid: Zxid.nullable() }), lane),
    transactionBudget: single(Budget),
    crashBudget: single(Budget),
    disconnectBudget: single(Budget),
    diskErrorBudget: single(Budget),
    established: ghost(single(z.array(Established))),
    /** What any leader has committed: the history of the ensemble. */
    committed: ghost(single(History)),
    /** What clients of a server have ever seen, over all its restarts. */
    delivered: ghost(family(servers, History)),
    refused: ghost(single(Refusal.nullable())),
  };
}

type Implementation = ReturnType<typeof implementationComponents>;
export type ImplementationView = ActionView<Implementation>;

/** What a server's history is judged by. */
export type Histories = StateView<Pick<Implementation, 'epochs' | 'tree'>>;

/** What a server finds when it starts. */
export type OnDisk = StateView<Pick<Implementation, 'epochs' | 'epochTmp' | 'log'>>;

export const establish = operation(
  'establish',
  (list: readonly z.infer<typeof Established>[], item: z.infer<typeof Established>) => [...list, item],
);

export const appendTxns = operation('append', (log: Txns, txns: Txns) => [...log, ...txns]);
