import { z } from 'zod';
import {
  type ActionView,
  channels,
  family,
  ghost,
  operation,
  ref,
  setOf,
  single,
} from '../../../../checker/language/index.ts';
import { Zxid } from '../../zxid.ts';
import { History, isPrefix, Txn, type History as Txns } from '../txn.ts';
import { serversOf, type ZabParams } from './params.ts';

const Epoch = z.int().min(0);
const Server = ref('server', { min: 0 });

/** Names as in DSN'11; in ZooKeeper FOLLOWERINFO, LEADERINFO, ACKEPOCH, NEWLEADER, ACK, UPTODATE, PROPOSAL, ACK, COMMIT. */
const Message = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('CEPOCH'), epoch: Epoch }),
  z.strictObject({ type: z.literal('NEWEPOCH'), epoch: Epoch }),
  /** `epoch` -1: already accepted, "do not count me". */
  z.strictObject({ type: z.literal('ACKEPOCH'), epoch: z.int().min(-1), history: History }),
  z.strictObject({ type: z.literal('NEWLEADER'), epoch: Epoch, history: History }),
  z.strictObject({ type: z.literal('ACKLD'), zxid: Zxid }),
  z.strictObject({ type: z.literal('COMMITLD'), zxid: Zxid }),
  z.strictObject({ type: z.literal('PROPOSE'), txn: Txn }),
  z.strictObject({ type: z.literal('ACK'), zxid: Zxid }),
  z.strictObject({ type: z.literal('COMMIT'), zxid: Zxid }),
]);

/** What survives a crash: f.p, f.a and the history of DSN'11. */
const Disk = z.strictObject({ acceptedEpoch: Epoch, currentEpoch: Epoch, history: History });

const Role = z.strictObject({
  state: z.enum(['LOOKING', 'FOLLOWING', 'LEADING']),
  phase: z.enum(['election', 'discovery', 'synchronization', 'broadcast']),
  /** 0: none. */
  leader: Server,
  /** How many transactions of the history have been delivered since the start of the process. */
  delivered: z.int().min(0),
  /** Half of NEWLEADER is on disk, where its two writes are separate. */
  halfWritten: z.boolean(),
});

const Leader = z.strictObject({
  proposal: z.strictObject({ epoch: z.int(), connecting: setOf(Server), waiting: z.boolean() }),
  /** Whose ACKEPOCH counts. */
  electing: z.array(z.strictObject({ sid: Server, currentEpoch: Epoch, history: History })),
  electionFinished: z.boolean(),
  newLeaderAcks: setOf(Server),
  lastCommitted: Zxid,
  outstandingProposals: z.array(z.strictObject({ txn: Txn, acks: setOf(Server) })),
  /** Logged by the leader, but not yet sent to anybody. */
  unsent: History,
  /** Connected learners, those of them that have answered with ACKEPOCH, and those of them that have acked NEWLEADER. */
  learners: setOf(Server),
  registered: setOf(Server),
  synced: setOf(Server),
});
export type Leader = z.infer<typeof Leader>;

/** A leader that has established its epoch, with the history that it begins with. */
const Established = z.strictObject({ epoch: Epoch, leader: Server, history: History });

/** A proposal with what its primary had delivered when it made it. */
const Sent = z.strictObject({ primary: Server, txn: Txn, delivered: History });

/** Messages that nobody may ever receive. */
export const Refusal = z.enum(['badState', 'badAck', 'badProposal', 'badCommit']);

export function zabComponents(p: ZabParams) {
  const servers = serversOf(p);
  return {
    role: family(servers, Role, { lane: 'server' }),
    disk: family(servers, Disk, { lane: 'server' }),
    leader: family(servers, Leader.nullable(), { lane: 'server' }),
    net: channels(servers, Message, { lane: 'server' }),
    transactionBudget: single(z.int().min(0)),
    electionBudget: single(z.int().min(0)),
    timeoutBudget: single(z.int().min(0)),
    restartBudget: single(z.int().min(0)),
    sent: ghost(single(z.array(Sent))),
    /** What a server has ever delivered, over all its restarts. */
    delivered: ghost(family(servers, History)),
    established: ghost(single(z.array(Established))),
    /** What any leader has committed: the history of the ensemble. */
    committed: ghost(single(History)),
    refused: ghost(single(Refusal.nullable())),
  };
}

export type ZabView = ActionView<ReturnType<typeof zabComponents>>;

/** Appends to a list of ghosts. */
export const append = operation('append', (list: readonly Sent_[], item: Sent_) => [...list, item]);
type Sent_ = z.infer<typeof Sent>;

export const establish = operation(
  'establish',
  (list: readonly z.infer<typeof Established>[], item: z.infer<typeof Established>) => [...list, item],
);

/** Delivering `prefix`: what was delivered before a restart is not forgotten, and what contradicts it shows. */
export const deliver = operation('deliver', (before: Txns, prefix: Txns) =>
  isPrefix(prefix, before) ? before : [...prefix],
);

/** The history of the ensemble grows; a leader that lacks a part of it does not change it. */
export const commit = operation('commit', (before: Txns, history: Txns) =>
  isPrefix(before, history) ? [...history] : before,
);
