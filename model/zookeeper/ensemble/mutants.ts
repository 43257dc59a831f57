import type { Mutants } from '../../../checker/language/index.ts';
import { votingMembers } from '../election/quorum-verifier.ts';
import { totalOrderPredicate } from '../election/vote.ts';
import type { EnsembleParams } from './params.ts';
import type { EnsembleRules } from './rules.ts';

const crashed = { crashes: 1, disconnects: 0 } as const;

/** Seeded faults of rules on which election and broadcast meet. */
export const ensembleMutants: Mutants<EnsembleParams, EnsembleRules> = {
  totalOrderPredicate: {
    lowerZxidWins: {
      about: '< for > between zxids',
      rule: (a, b, verifier) =>
        totalOrderPredicate({ ...a, zxid: -a.zxid }, { ...b, zxid: -b.zxid }, verifier),
      at: crashed,
    },
    zxidOffByOne: {
      about: 'A zxid that is larger by one counts as equal',
      rule: (a, b, verifier) =>
        totalOrderPredicate(Math.abs(a.zxid - b.zxid) > 1 ? a : { ...a, zxid: b.zxid }, b, verifier),
      at: crashed,
    },
  },
  containsQuorum: {
    oneLess: {
      about: '>= for >: one server less than a majority is enough, to be elected and to commit',
      rule: (verifier, sids) =>
        votingMembers(verifier).filter((sid) => sids.includes(sid)).length * 2 >=
        votingMembers(verifier).length - 1,
      at: crashed,
    },
    everybody: {
      about: 'All servers are needed, so that nobody is elected after a crash',
      rule: (verifier, sids) => votingMembers(verifier).every((sid) => sids.includes(sid)),
      at: crashed,
    },
  },
  candidateEpoch: {
    ownAlone: {
      about: '+ 0 for + 1: an epoch that somebody has accepted is proposed again',
      rule: (epoch, lastAcceptedEpoch) => Math.max(epoch, lastAcceptedEpoch, 1),
      at: { ...crashed, transactions: 0 },
    },
  },
};
