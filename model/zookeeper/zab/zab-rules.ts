import { containsQuorum, votingMembers } from '../election/quorum-verifier.ts';
import { addAck, mayCommit } from './commit.ts';
import { acceptLeaderInfo, isQuorumOfLeader } from './epoch-agreement.ts';
import { nextZxid } from './next-zxid.ts';
import type { ZabRules } from './rules.ts';
import { isMoreRecentThan } from './state-summary.ts';
import { syncDecision } from './sync-decision.ts';

/** Zab as ZooKeeper has it. */
export const zabRules: ZabRules = {
  containsQuorum,
  isParticipant: ({ verifier }, sid) => votingMembers(verifier).includes(sid),
  isQuorumOfLeader,
  candidateEpoch: (epoch, lastAcceptedEpoch) => Math.max(epoch, lastAcceptedEpoch + 1),
  acceptLeaderInfo,
  isMoreRecentThan,
  syncDecision,
  addAck,
  mayCommit,
  nextZxid,
};
