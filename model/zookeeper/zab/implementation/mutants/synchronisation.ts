import { toForward } from '../../to-forward.ts';
import { zabRules } from '../../zab-rules.ts';
import { elected, observed, rejoined, type Table } from './table.ts';

/** Seeded faults of how a learner is brought into line. */
export const synchronisation: Table = {
  syncDecision: {
    truncatesOneMore: {
      about: 'TRUNC names the zxid before the one that is right',
      rule: (db, peer) => {
        const decision = zabRules.syncDecision(db, peer);
        return decision.op === 'TRUNC' ? { ...decision, zxid: decision.zxid - 1 } : decision;
      },
      at: { ...rejoined, transactions: 2 },
    },
    truncatesOneLess: {
      about: 'TRUNC keeps one entry too many',
      rule: (db, peer) => {
        const decision = zabRules.syncDecision(db, peer);
        return decision.op === 'TRUNC' ? { ...decision, zxid: decision.zxid + 1 } : decision;
      },
      at: rejoined,
    },
    neverTruncates: {
      about: 'A learner that is ahead keeps what it has',
      rule: (db, peer) => {
        const decision = zabRules.syncDecision(db, peer);
        return decision.op === 'TRUNC' ? { ...decision, op: 'DIFF' } : decision;
      },
      at: rejoined,
    },
    diffSkipsFirst: {
      about: '> for >=: the first proposal that the learner lacks is left out',
      rule: (db, peer) => {
        const decision = zabRules.syncDecision(db, peer);
        return { ...decision, proposals: decision.proposals.slice(1) };
      },
      at: elected,
    },
    diffRepeatsLast: {
      about: '>= for >: the last transaction of the learner is sent once more',
      rule: (db, peer) => {
        const decision = zabRules.syncDecision(db, peer);
        const repeated = decision.op === 'DIFF' ? db.committedLog.filter(({ zxid }) => zxid === peer) : [];
        return { ...decision, proposals: [...repeated, ...decision.proposals] };
      },
      at: rejoined,
    },
    forwardsOneLess: {
      about: 'Forwarding begins one zxid too late',
      rule: (db, peer) => {
        const decision = zabRules.syncDecision(db, peer);
        return { ...decision, forwardFrom: decision.forwardFrom + 1 };
      },
      at: rejoined,
    },
    forwardsAll: {
      about: 'Forwarding begins at zero',
      rule: (db, peer) => ({ ...zabRules.syncDecision(db, peer), forwardFrom: 0 }),
      at: rejoined,
    },
  },
  syncDatabase: {
    emptyCache: {
      about: 'The cache of committed transactions is empty',
      rule: ({ lastProcessed }) => ({ lastProcessed, committedLog: [], txnLog: null }),
      at: rejoined,
    },
    queueOnly: {
      about: 'Only what waits to be applied is in the cache',
      rule: ({ lastProcessed }, toBeApplied) => ({ lastProcessed, committedLog: toBeApplied, txnLog: null }),
      at: rejoined,
      survives: 'who lacks what is applied gets a snapshot instead, which has it',
    },
  },
  toForward: {
    committedForgotten: {
      about: 'What is committed and not yet applied is not forwarded',
      rule: (underWay, forwardFrom, votes) => ({
        ...toForward(underWay, forwardFrom, votes),
        committed: [],
      }),
      at: { ...rejoined, snapshots: 'forced' },
    },
    proposalsForgotten: {
      about: 'Outstanding proposals are not forwarded',
      rule: (underWay, forwardFrom) => toForward(underWay, forwardFrom, false),
      at: rejoined,
    },
    proposalsToObservers: {
      about: 'Observers, too, get outstanding proposals',
      rule: (underWay, forwardFrom) => toForward(underWay, forwardFrom, true),
      at: observed,
    },
    equalToo: {
      about: '>= for >: what the sync ends with is forwarded once more',
      rule: (underWay, forwardFrom, votes) => toForward(underWay, forwardFrom - 1, votes),
      at: rejoined,
    },
  },
};
