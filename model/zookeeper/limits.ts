import { z } from 'zod';
import { defineModel, family, range, type StateView, single } from '../../checker/language/index.ts';
import { limitChanges } from './limits/changes.ts';
import { Leader, Link, lookingFollower, lookingLeader, syncedLink } from './limits/link.ts';
import { LimitParams } from './limits/params.ts';
import { limitMutants, limitRules } from './limits/rules.ts';

const limitComponents = (p: LimitParams) => ({
  leader: single(Leader),
  follower: family(followersOf(p), Link),
  restartBudget: single(z.int().min(0)),
});

/**
 * initLimit and syncLimit: a leader and its followers by the clock. A step of time is one tick (tickTime); whoever can connect or
 * elect does so within it. Who is elected is zookeeper/election's matter, what is synchronised that of zookeeper/zab.
 */
export const limits = defineModel('zookeeper/limits', {
  about:
    'initLimit and syncLimit, in ticks: how long a leader waits for followers that read, write and flush',
  params: LimitParams,
})
  .rules(limitRules)
  .changes(limitChanges)
  .mutants(limitMutants)
  .components(limitComponents)
  .init((p) => ({
    leader: p.start === 'cold' ? lookingLeader : { state: 'serving', waited: 0, left: 0 },
    follower: () => (p.start === 'cold' ? lookingFollower : syncedLink),
    restartBudget: p.restarts,
  }))
  .action('elect', {
    fairness: 'weak',
    next(s, _, p, { leaderLoad }) {
      if (!canElect(s, p)) return;
      const left = leaderLoad(p);
      // Whoever looks is a follower of the one that is elected; which of them that is makes no difference here.
      const follower = found(left > 0, p);
      return [
        s.leader.set({ state: left > 0 ? 'loading' : 'syncing', waited: 0, left }),
        ...followersOf(p).flatMap((i) =>
          s.follower(i).get('state') === 'looking' ? [s.follower(i).set(follower)] : [],
        ),
      ];
    },
    says: (_, { before, after }) =>
      `${before.leader.value.state === 'looking' ? 'a leader' : 'another leader'} is elected${after.leader.value.state === 'loading' ? ', and reads its snapshot once more' : ''}`,
  })
  .action('join', {
    each: (p) => followersOf(p),
    fairness: 'weak',
    next(s, i, p) {
      if (!canJoin(s, i, p)) return;
      return [s.follower(i).set(found(s.leader.get('state') === 'loading', p))];
    },
    says: (i, { after }) =>
      after.follower(i).value.state === 'waiting'
        ? `follower ${i} finds the leader and waits for LEADERINFO`
        : `follower ${i} finds the leader and gets a snapshot`,
  })
  .action('restart', {
    each: (p) => (p.restarts > 0 ? followersOf(p) : []),
    next(s, i) {
      if (s.restartBudget.value === 0 || s.follower(i).get('state') !== 'serving') return;
      return [s.restartBudget.set(s.restartBudget.value - 1), s.follower(i).set(lookingFollower)];
    },
    says: (i) => `follower ${i} is restarted`,
  })
  .action('tick', {
    fairness: 'weak',
    next(s, _, p, rules) {
      const leader = s.leader.value;
      const links = followersOf(p).map((i) => s.follower(i).value);
      if (canElect(s, p) || followersOf(p).some((i) => canJoin(s, i, p))) return; // that takes less than a tick
      const later = links.map((link, i) => rules.followerTick(link, leader, p, i < p.slow, rules));
      const serving = later.filter(({ state }) => state === 'serving').length;
      const next = rules.leaderTick(leader, isQuorum(serving + 1, p), p, rules);
      const lost = next.state === 'looking';
      return [
        s.leader.set(next),
        ...followersOf(p).map((i) =>
          s.follower(i).set(lost ? lookingFollower : (later[i - 1] ?? lookingFollower)),
        ),
      ];
    },
    says(_, { before, after, params }) {
      const gone = followersOf(params).filter(
        (i) => before.follower(i).value.state !== 'looking' && after.follower(i).value.state === 'looking',
      );
      const serving = followersOf(params).filter(
        (i) => before.follower(i).value.state !== 'serving' && after.follower(i).value.state === 'serving',
      );
      const [was, is] = [before.leader.value.state, after.leader.value.state];
      if (was !== 'looking' && is === 'looking')
        return 'a tick: the leader gives up, and all look for a leader again';
      const news = [
        ...(gone.length > 0 ? [`follower ${gone.join(', ')} loses the connection`] : []),
        ...(serving.length > 0 ? [`follower ${serving.join(', ')} has the snapshot on disk and serves`] : []),
        ...(was !== 'serving' && is === 'serving' ? ['the leader has a quorum and serves'] : []),
      ];
      return `a tick${news.length > 0 ? `: ${news.join('; ')}` : ''}`;
    },
  })
  .deadlock('allowed');

/** The followers, numbered from 1; the leader is one server more. */
export const followersOf = (p: { readonly followers: number }): readonly number[] =>
  range(p.followers).map((i) => i + 1);

/** Whether so many servers are a majority of the ensemble. */
export const isQuorum = (servers: number, p: { readonly followers: number }): boolean =>
  2 * servers > p.followers + 1;

type State = StateView<ReturnType<typeof limitComponents>>;

const looking = (s: State, p: LimitParams): number =>
  followersOf(p).filter((i) => s.follower(i).get('state') === 'looking').length;

/** Those who look elect a leader: the one there was has given up, or they have lost patience with it. */
const canElect = (s: State, p: LimitParams): boolean =>
  isQuorum(looking(s, p) + (s.leader.get('state') === 'looking' ? 1 : 0), p);

/** Who looks alone finds the leader that a quorum follows. */
const canJoin = (s: State, i: number, p: LimitParams): boolean =>
  s.follower(i).get('state') === 'looking' &&
  s.leader.get('state') !== 'looking' &&
  isQuorum(p.followers + 1 - looking(s, p), p);

const found = (leaderLoads: boolean, p: LimitParams): Link =>
  leaderLoads
    ? { ...lookingFollower, state: 'waiting' }
    : { ...lookingFollower, state: 'receiving', left: p.transfer };
