import type { Mutants } from '../../../../checker/language/index.ts';
import { votingMembers } from '../../election/quorum-verifier.ts';
import { counterOf } from '../../zxid.ts';
import { zabRules } from '../zab-rules.ts';
import type { ZabParams } from './params.ts';
import type { ProtocolRules } from './rules.ts';

const quiet = { servers: 2, transactions: 1, timeouts: 0 } as const;
const three = { transactions: 1, timeouts: 0 } as const;
const again = { transactions: 1, timeouts: 0, restarts: 1 } as const;

/** Seeded faults of Zab as a protocol: every rule is wrong in some small way. */
export const protocolMutants: Mutants<ZabParams, ProtocolRules> = {
  isQuorumOfLeader: {
    leaderAlone: {
      about: 'The leader alone ends its waits for a quorum',
      rule: ({ leader }, sids) => sids.includes(leader),
      at: { transactions: 0, timeouts: 0 },
    },
    followersAlone: {
      about: 'Followers alone end them, without the leader',
      rule: ({ leader, verifier }, sids, rules) =>
        rules.containsQuorum(
          verifier,
          sids.filter((sid) => sid !== leader),
        ),
      at: quiet,
    },
  },
  isParticipant: {
    nobody: {
      about: 'No answer counts',
      rule: () => false,
      at: quiet,
    },
  },
  candidateEpoch: {
    lastHeard: {
      about: 'The last answer decides on the epoch, not the largest one',
      rule: (_, lastAcceptedEpoch) => lastAcceptedEpoch + 1,
      at: { transactions: 0, timeouts: 1 },
    },
    skips: {
      about: '+ 2 for + 1',
      rule: (epoch, lastAcceptedEpoch) => Math.max(epoch, lastAcceptedEpoch + 2),
      at: quiet,
      survives: 'an epoch need only be larger than all before it',
    },
  },
  acceptLeaderInfo: {
    acceptsOlder: {
      about: 'A follower takes an epoch that is older than the one that it has accepted',
      rule: (newEpoch, { currentEpoch }) => ({ acceptedEpoch: newEpoch, ackEpoch: currentEpoch }),
      at: { transactions: 0, timeouts: 2, elections: 3 },
    },
    forgets: {
      about: 'A follower acks an epoch without writing it down',
      rule: (newEpoch, epochs) => {
        const answer = zabRules.acceptLeaderInfo(newEpoch, epochs);
        return answer === 'abort' ? answer : { ...answer, acceptedEpoch: epochs.acceptedEpoch };
      },
      at: quiet,
    },
  },
  addAck: {
    lastOnly: {
      about: 'An ack replaces those before it',
      rule: (_, sid) => [sid],
      at: quiet,
    },
  },
  mayCommit: {
    oneAck: {
      about: 'One ack is enough',
      rule: (_leader, { acks }) => acks.length > 0,
      at: { ...quiet, servers: 4, elections: 1 },
    },
    allAcks: {
      about: 'All servers must ack',
      rule: (_leader, { acks }, verifier) => acks.length === votingMembers(verifier).length,
      at: three,
      survives: 'it costs commits while a server is down; no property of this model asks for them',
    },
  },
  nextZxid: {
    same: {
      about: '+ 0 for + 1: a proposal gets the zxid of the one before',
      rule: (last) => last,
      at: quiet,
    },
    skips: {
      about: '+ 2 for + 1',
      rule: (last) => last + 2,
      at: quiet,
    },
  },
  proposeTo: {
    nobody: {
      about: 'Nobody gets proposals',
      rule: () => [],
      at: quiet,
    },
  },
  commitOnSync: {
    nothing: {
      about: 'COMMITLD tells a learner to deliver nothing',
      rule: () => 0,
      at: { ...quiet, transactions: 2, restarts: 1 },
    },
    oneLess: {
      about: 'COMMITLD leaves out the last transaction',
      rule: (lastCommitted) => (counterOf(lastCommitted) > 0 ? lastCommitted - 1 : lastCommitted),
      at: again,
    },
  },
  isNextZxid: {
    notBefore: {
      about: '>= for ===: any later zxid is the next one, and the last one too',
      rule: (last, zxid) => zxid >= last,
      at: again,
    },
    never: {
      about: 'No proposal is the next one',
      rule: () => false,
      at: quiet,
    },
  },
  historyOnNewLeader: {
    longer: {
      about: 'A follower keeps its own history where that is longer',
      rule: (own, leaders) => (own.length > leaders.length ? own : leaders),
      at: { transactions: 2, timeouts: 1 },
    },
    withoutLast: {
      about: 'A follower leaves out the last transaction of the leader',
      rule: (_, leaders) => leaders.slice(0, -1),
      at: again,
    },
  },
  acceptedEpochAfterRestart: {
    oneLess: {
      about: 'A restarted server has accepted one epoch less than it had',
      rule: (acceptedEpoch) => Math.max(0, acceptedEpoch - 1),
      at: { transactions: 0, timeouts: 0, restarts: 1 },
    },
  },
};
