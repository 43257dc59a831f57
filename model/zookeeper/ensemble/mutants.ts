import type { Mutants } from '../../../checker/language/index.ts';
import { totalOrderPredicate } from '../election/vote.ts';
import * as faults from '../zab/faults.ts';
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
    oneLess: { ...faults.oneLess, at: crashed },
    everybody: { ...faults.everybody, at: crashed },
  },
  candidateEpoch: {
    ownAlone: { ...faults.ownAlone, at: { ...crashed, transactions: 0 } },
  },
  waitForEpochAck: {
    aheadTaken: {
      ...faults.aheadTaken,
      at: crashed,
      survives:
        'who is elected is not behind a voter: it takes a wrong order of votes, too (zxidIgnoredThroughout)',
    },
    equalAborts: { ...faults.equalAborts, at: { ...crashed, transactions: 0 } },
  },
};
