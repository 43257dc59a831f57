import { describe, expect, test } from 'vitest';
import { type Era, eras } from '../../../../model/zookeeper/zab/eras.ts';
import { learnerRules } from '../../../../model/zookeeper/zab/learner-rules.ts';
import { type LearnerSync, startSync } from '../../../../model/zookeeper/zab/learner-sync.ts';
import { nextNewLeaderStep } from '../../../../model/zookeeper/zab/next-new-leader-step.ts';
import { makeZxid } from '../../../../model/zookeeper/zxid.ts';

const txn = { zxid: makeZxid(1, 2), value: 2 };
const nothing = startSync('DIFF', false);
const proposed: LearnerSync = { ...nothing, packetsNotLogged: [txn] };
const committed: LearnerSync = { ...proposed, packetsCommitted: [txn.zxid] };
const snapshot = startSync('SNAP', false);

/** The steps that a learner makes on NEWLEADER, up to the ack. */
function stepsOf(era: Era, sync: LearnerSync, state: string): string[] {
  const rules = { ...learnerRules, ...eras[era] };
  const steps: string[] = [];
  for (let made = 0; steps.at(-1) !== 'ack'; ) {
    const next = nextNewLeaderStep(sync, { state, newLeaderSteps: made }, rules);
    steps.push(next.step);
    made = next.made;
  }
  return steps;
}

describe('the steps of NEWLEADER', () => {
  test.each<[Era, string, LearnerSync, string, string[]]>([
    ['head', 'nothing new', nothing, 'FOLLOWING', ['epoch', 'ack']],
    ['head', 'a proposal', proposed, 'FOLLOWING', ['epoch', 'ack']],
    ['head', 'a commit', committed, 'FOLLOWING', ['logCommitted', 'epoch', 'ack']],
    ['head', 'a commit, on an observer', committed, 'OBSERVING', ['epoch', 'ack']],
    ['head', 'a snapshot', snapshot, 'FOLLOWING', ['snapshot', 'epoch', 'ack']],
    ['head', 'a snapshot, on an observer', snapshot, 'OBSERVING', ['snapshot', 'epoch', 'ack']],
    ['3.9.2', 'a proposal', proposed, 'FOLLOWING', ['logAll', 'epoch', 'ack']],
    ['3.9.1', 'a proposal', proposed, 'FOLLOWING', ['epoch', 'queueAll', 'ack']],
    ['3.9.1', 'a proposal, on an observer', proposed, 'OBSERVING', ['epoch', 'ack']],
    ['3.6.2', 'a commit', committed, 'FOLLOWING', ['epoch', 'ack']],
  ])('%s, after a sync with %s', (era, _, sync, state, steps) => {
    expect(stepsOf(era, sync, state)).toEqual(steps);
  });
});
