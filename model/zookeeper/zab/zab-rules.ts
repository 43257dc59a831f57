import { containsQuorum, votingMembers } from '../election/quorum-verifier.ts';
import { addAck, mayCommit, processAck } from './commit.ts';
import {
  acceptLeaderInfo,
  getEpochToPropose,
  isQuorumOfLeader,
  waitForEpochAck,
  waitForNewLeaderAck,
} from './epoch-agreement.ts';
import { nextZxid, zxidOfNewEpoch } from './next-zxid.ts';
import type { ZabRules } from './rules.ts';
import { isMoreRecentThan } from './state-summary.ts';
import { syncDecision } from './sync-decision.ts';

/** Zab as ZooKeeper has it. */
export const zabRules: ZabRules = {
  containsQuorum,
  isParticipant: ({ verifier }, sid) => votingMembers(verifier).includes(sid),
  isQuorumOfLeader,
  candidateEpoch: (epoch, lastAcceptedEpoch) => Math.max(epoch, lastAcceptedEpoch + 1),
  getEpochToPropose,
  acceptLeaderInfo,
  isMoreRecentThan,
  waitForEpochAck,
  waitForNewLeaderAck,
  syncDecision,
  addAck,
  processAck,
  mayCommit,
  zxidOfNewEpoch,
  nextZxid,
};
