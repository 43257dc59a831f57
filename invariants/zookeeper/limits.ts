import { properties } from '../../checker/language/index.ts';
import { followersOf, isQuorum, limits } from '../../model/zookeeper/limits.ts';

/** What the limits promise: a bound on every wait, and, if they are large enough for the data and the disks, an ensemble that serves. */
export default properties(limits)
  .always('waitsAtMostInitLimit', {
    about: 'No leader waits for its quorum, and no handler for its learner, for initLimit ticks or longer',
    source: 'Leader.waitForNewLeaderAck, LearnerHandler.run: setSoTimeout',
    premise: (s) => s.leader.value.state === 'syncing',
    holds: (s, _, p) =>
      s.leader.value.waited < p.initLimit || `the leader has waited for ${s.leader.value.waited} ticks`,
  })
  .always('followedProposalIsYoung', {
    about: 'The proposal that the leader follows is not older than syncLimit at any learner that serves',
    source: 'LearnerHandler.SyncLimitCheck',
    each: followersOf,
    premise: (s, i) => s.follower(i).value.check.current !== null,
    holds(s, i, p) {
      const age = s.follower(i).value.check.current?.age ?? 0;
      return age < p.syncLimit || `${i} has not acknowledged a proposal for ${age} ticks`;
    },
  })
  .step('servesWithQuorum', {
    about: 'A leader begins to serve with a quorum that has acknowledged NEWLEADER',
    source: 'Leader.waitForNewLeaderAck',
    on: ['tick'],
    premise: (before, after) =>
      before.leader.value.state !== 'serving' && after.leader.value.state === 'serving',
    holds(_, after, __, p) {
      const serving = followersOf(p).filter((i) => after.follower(i).value.state === 'serving');
      return isQuorum(serving.length + 1, p) || `it begins with ${serving.length} followers`;
    },
  })
  .reachable('serves', { when: (s) => s.leader.value.state === 'serving' })
  .temporal('forms', {
    about: 'In the end there is a leader that serves, for good',
    source: "Administrator's Guide: initLimit is the time for followers to connect and sync to a leader",
    eventuallyAlways: (s) => s.leader.value.state === 'serving',
  })
  .temporal('joins', {
    about: 'In the end every follower serves, for good',
    source: "Administrator's Guide: initLimit, syncLimit",
    each: followersOf,
    eventuallyAlways: (s, i) => s.follower(i).value.state === 'serving',
  });
