import { type LearnerRules, learnerRules } from '../../learner-rules.ts';
import type { LearnerSync, UpToDate } from '../../learner-sync.ts';
import { nextNewLeaderStep } from '../../next-new-leader-step.ts';
import { contains, type History } from '../../txn.ts';
import { elected, observed, rejoined, type Table, undisturbed } from './table.ts';

const withLeft = (
  sync: LearnerSync,
  pendingTxns: History,
  rules: LearnerRules,
  wrong: Partial<UpToDate>,
): UpToDate | null => {
  const left = learnerRules.afterUpToDate(sync, pendingTxns, rules);
  return left && { ...left, ...wrong };
};

/** Seeded faults of a learner on NEWLEADER and UPTODATE, and of its commits after that. */
export const newLeader: Table = {
  takeCommitted: {
    nothing: {
      about: 'NEWLEADER logs nothing, and forgets what was committed',
      rule: (sync) => ({ sync: { ...sync, packetsCommitted: [] }, txns: [] }),
      at: elected,
    },
    firstOnly: {
      about: 'Of several commits NEWLEADER logs the first',
      rule: (sync) =>
        learnerRules.takeCommitted({ ...sync, packetsCommitted: sync.packetsCommitted.slice(0, 1) }),
      at: { ...rejoined, transactions: 2 },
    },
    committedOrNot: {
      about: 'NEWLEADER logs and applies all proposals, committed or not',
      rule: (sync) => ({
        sync: { ...sync, packetsNotLogged: [], packetsCommitted: [] },
        txns: sync.packetsNotLogged,
      }),
      at: rejoined,
    },
    staysPending: {
      about: 'What NEWLEADER has logged stays among the proposals that are not logged',
      rule(sync) {
        const { sync: rest, txns } = learnerRules.takeCommitted(sync);
        return { sync: { ...rest, packetsNotLogged: sync.packetsNotLogged }, txns };
      },
      at: rejoined,
    },
    backwards: {
      about: 'NEWLEADER logs the last one first',
      rule(sync) {
        const { sync: rest, txns } = learnerRules.takeCommitted(sync);
        return { sync: rest, txns: [...txns].reverse() };
      },
      at: { ...rejoined, transactions: 2 },
    },
    anyOrder: {
      about: 'A COMMIT finds its proposal wherever it stands, not only in front',
      rule(sync) {
        const isCommitted = ({ zxid }: { readonly zxid: number }) => sync.packetsCommitted.includes(zxid);
        const txns = sync.packetsNotLogged.filter(isCommitted);
        const packetsNotLogged = sync.packetsNotLogged.filter((txn) => !contains(txns, txn));
        return { sync: { ...sync, packetsNotLogged, packetsCommitted: [] }, txns };
      },
      at: { ...rejoined, transactions: 2 },
      survives: 'proposals and their COMMITs come in one order',
    },
  },
  commitPending: {
    firstAlways: {
      about: 'A COMMIT commits the first pending proposal, whichever it names',
      rule: (first) => first ?? null,
      at: { ...undisturbed, transactions: 2 },
      survives: 'proposals and their COMMITs come in one order',
    },
    oneBefore: {
      about: 'A COMMIT must name the zxid before that of the first pending proposal',
      rule: (first, zxid) => learnerRules.commitPending(first, zxid + 1),
      at: undisturbed,
    },
  },
  afterUpToDate: {
    notLogged: {
      about: 'Proposals of the sync that have not been committed yet are not logged',
      rule: (sync, pendingTxns, rules) => withLeft(sync, pendingTxns, rules, { toLog: [] }),
      at: rejoined,
    },
    notApplied: {
      about: 'What was committed between NEWLEADER and UPTODATE is not applied',
      rule: (sync, pendingTxns, rules) => withLeft(sync, pendingTxns, rules, { committed: [] }),
      at: rejoined,
    },
    notPending: {
      about: 'Proposals of the sync do not wait for their COMMIT',
      rule: (sync, pendingTxns, rules) => withLeft(sync, pendingTxns, rules, { pendingTxns: [] }),
      at: rejoined,
    },
    staysPending: {
      about: 'What is committed waits for a COMMIT all the same',
      rule: (sync, pendingTxns, rules) =>
        withLeft(sync, pendingTxns, rules, { pendingTxns: [...pendingTxns, ...sync.packetsNotLogged] }),
      at: { ...rejoined, transactions: 2 },
    },
  },
  nextNewLeaderStep: {
    skipsOne: {
      about: 'After each step of NEWLEADER the next one is left out',
      rule(sync, learner, rules) {
        const last = rules.newLeaderSteps.length - 1;
        const { step, made } = nextNewLeaderStep(sync, learner, rules);
        return { step, made: Math.min(made + 1, last) };
      },
      at: elected,
    },
    ackFirst: {
      about: 'NEWLEADER is acked before anything else is done',
      rule: () => ({ step: 'ack', made: 0 }),
      at: elected,
    },
    repeats: {
      about: 'A step of NEWLEADER is made again and again',
      rule(sync, learner, rules) {
        const { step, made } = nextNewLeaderStep(sync, learner, rules);
        return { step, made: made - 1 };
      },
      at: elected,
    },
    observersLog: {
      about: 'Observers, too, log on NEWLEADER what the sync has committed',
      rule: (sync, learner, rules) => nextNewLeaderStep(sync, { ...learner, state: 'FOLLOWING' }, rules),
      at: observed,
      survives: 'it is committed, and is then on disk and in memory sooner',
    },
  },
};
