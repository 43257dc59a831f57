import { makeZxid } from '../../zxid.ts';
import { noEpochAcks, noEpochYet } from '../epoch-agreement.ts';
import { treeOf } from '../learner-sync.ts';
import { type BroadcastParams, type ImplementationParams, isObserver } from './params.ts';

type Params = BroadcastParams &
  Pick<ImplementationParams, 'start'> &
  Partial<Pick<ImplementationParams, 'discovery'>>;

/** Committed before a run that starts `established` begins. */
export const FIRST = { zxid: makeZxid(1, 1), value: 0 };

/** The proposal that is under way where a run starts `proposed`. */
export const SECOND = { zxid: makeZxid(1, 2), value: 1 };

/** Where a run begins: the server with the highest id leads epoch 1, which began empty, unless nothing has happened yet. */
export function startingState(p: Params) {
  const fresh = p.start === 'fresh';
  const proposed = p.start === 'proposed';
  const leader = p.servers;
  const history = fresh ? [] : [FIRST];
  const epoch = fresh ? 0 : 1;
  return {
    process: 'up' as const,
    epochs: { acceptedEpoch: epoch, currentEpoch: epoch },
    log: history,
    tree: treeOf(history),
    peer: (i: number) =>
      fresh
        ? ({ state: 'LOOKING', phase: 'election', leader: 0, newLeaderSteps: 0 } as const)
        : ({
            state: i === leader ? 'LEADING' : isObserver(p, i) ? 'OBSERVING' : 'FOLLOWING',
            phase: 'broadcast',
            leader,
            newLeaderSteps: 0,
          } as const),
    sync: null,
    epochTmp: null,
    discovery: (i: number) =>
      p.discovery === 'byMessage' && !fresh && i === leader
        ? { proposal: { ...noEpochYet, epoch: 1, waiting: false }, acks: { ...noEpochAcks, finished: true } }
        : null,
    uncached: [],
    snapshot: [],
    misnamed: null,
    leading: (i: number) =>
      fresh || i !== leader
        ? null
        : {
            epoch: 1,
            newLeaderAcks: [],
            lastProposed: proposed ? SECOND.zxid : FIRST.zxid,
            lastCommitted: FIRST.zxid,
            outstandingProposals: proposed ? [{ txn: SECOND, acks: [] }] : [],
          },
    handler: (l: number, j: number) =>
      !fresh && l === leader && j !== leader ? ({ stage: 'serving' } as const) : ({ stage: 'none' } as const),
    syncQueue: (i: number) => (proposed && i === leader ? [SECOND] : []),
    net: (from: number, to: number) =>
      proposed && from === leader && to !== leader && !isObserver(p, to)
        ? [{ type: 'PROPOSAL' as const, txn: SECOND }]
        : [],
    transactionBudget: Math.max(0, p.transactions - (proposed ? 1 : 0)),
    crashBudget: p.crashes,
    disconnectBudget: p.disconnects,
    diskErrorBudget: p.diskErrors,
    established: fresh ? [] : [{ epoch: 1, leader, history: [] }],
    committed: history,
    delivered: history,
    refused: null,
  };
}
