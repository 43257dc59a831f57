import type { Mutants } from '../../../checker/language/index.ts';
import { type Leader, type Link, lookingFollower, lookingLeader, syncedLink } from './link.ts';
import type { LimitParams } from './params.ts';
import {
  aged,
  updateAck,
  updateProposal,
  withinSyncLimit,
  withinSyncLimitMutants,
} from './sync-limit-check.ts';

/** Ticks in which a leader that was elected reads its snapshot before it listens: it has it in memory since it started. */
const leaderLoad = (_: LimitParams): number => 0;

/** A socket read, or a wait for a quorum, that is over after initLimit ticks (Learner.connectToLeader, Leader.waitForNewLeaderAck). */
const initLimitPasses = (ticks: number, initLimit: number): boolean => ticks >= initLimit;

/** One tick of a follower that has found its leader. */
function followerTick(link: Link, leader: Leader, p: LimitParams, slow: boolean, rules: LimitRules): Link {
  switch (link.state) {
    case 'looking':
      return link;
    case 'waiting':
      if (leader.state === 'syncing') return { ...lookingFollower, state: 'receiving', left: p.transfer };
      return rules.initLimitPasses(link.silent + 1, p.initLimit)
        ? lookingFollower
        : { ...link, silent: link.silent + 1 };
    case 'receiving':
      if (link.left > 1) return { ...link, left: link.left - 1 };
      return { ...link, state: 'flushing', left: p.flush, silent: 0 };
    case 'flushing':
      if (link.left <= 1) return syncedLink;
      if (rules.initLimitPasses(link.silent + 1, p.initLimit)) return lookingFollower;
      return { ...link, left: link.left - 1, silent: link.silent + 1 };
    case 'serving':
      return servingTick(link, p, slow, rules);
  }
}

/** A tick of one that serves: its disk goes on, and the leader looks at syncLimit before it sends a PING. */
function servingTick(link: Link, p: LimitParams, slow: boolean, rules: LimitRules): Link {
  let { outstanding, left, check } = link;
  check = aged(check);
  if (outstanding > 0 && slow && left > 1) {
    left--;
  } else {
    for (let acked = slow ? Math.min(1, outstanding) : outstanding; acked > 0; acked--) {
      check = updateAck(check);
      outstanding--;
    }
    left = outstanding > 0 ? p.slowFlush : 0;
  }
  if (!rules.withinSyncLimit(check, p.syncLimit)) return lookingFollower;
  if (outstanding === 0) {
    for (; outstanding < p.burst; outstanding++) check = updateProposal(check, outstanding);
    left = slow ? p.slowFlush : 1;
  }
  return { ...link, outstanding, left: outstanding > 0 ? left : 0, check };
}

/** One tick of the leader. `quorum`: whether with it enough servers have acknowledged NEWLEADER, or serve. */
function leaderTick(leader: Leader, quorum: boolean, p: LimitParams, rules: LimitRules): Leader {
  switch (leader.state) {
    case 'looking':
      return leader;
    case 'loading':
      return leader.left > 1
        ? { ...leader, left: leader.left - 1 }
        : { state: 'syncing', waited: 0, left: 0 };
    case 'syncing':
      if (quorum) return { state: 'serving', waited: 0, left: 0 };
      return rules.initLimitPasses(leader.waited + 1, p.initLimit)
        ? lookingLeader
        : { ...leader, waited: leader.waited + 1 };
    case 'serving':
      return quorum ? leader : lookingLeader; // Leader.lead: "Not sufficient followers synced"
  }
}

export const limitRules = { leaderLoad, initLimitPasses, followerTick, leaderTick, withinSyncLimit };
export type LimitRules = typeof limitRules;

export const limitMutants: Mutants<LimitParams, LimitRules> = {
  initLimitPasses: {
    never: {
      about: 'The leader waits for its quorum, and a socket for its bytes, as long as it takes',
      rule: () => false,
      at: { transfer: 5, flush: 1 },
    },
  },
  leaderTick: {
    servesAlone: {
      about: 'The leader begins to serve without waiting for anybody',
      rule: (leader, _, p, rules) => leaderTick(leader, true, p, rules),
    },
  },
  withinSyncLimit: withinSyncLimitMutants,
};
