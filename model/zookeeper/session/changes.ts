import type { Change } from '../../../checker/language/index.ts';
import type { SessionParams } from './params.ts';
import type { SessionRules } from './rules.ts';

/** Pauses, and what helps against them. */
export const sessionChanges: Readonly<Record<string, Change<SessionParams, SessionRules>>> = {
  leaderPause: {
    about:
      'The leader pauses for longer than the session timeout: what clients sent meanwhile waits unread when it comes back',
    source: 'SessionTrackerImpl.run: an expirer thread that only looks at the clock',
    set: { pauses: 1, pauseOf: 'leader' },
    breaks: ['liveClientKeepsSession'],
    keeps: ['ephemeralsHaveSessions', 'closedForGood'],
    at: { clients: 1, deaths: 0 },
    fixedBy: 'forgivesPause',
  },
  followerPause: {
    about:
      'A follower pauses: what its clients sent reaches the leader late, or never, if they leave in time',
    source: 'LearnerSessionTracker: touches travel in the answers to PINGs',
    set: { pauses: 1, pauseOf: 'follower' },
    breaks: ['liveClientKeepsSession'],
    keeps: ['ephemeralsHaveSessions', 'closedForGood'],
    at: { clients: 1, deaths: 0, pauseLength: 6 },
  },
  largerTimeout: {
    about: 'The session timeout is larger than the longest pause and the way of a ping',
    source: "ZooKeeper Administrator's Guide: minSessionTimeout, maxSessionTimeout",
    set: { timeout: 16 },
    repairs: ['liveClientKeepsSession'],
    at: { pauses: 1, deaths: 0 },
  },
  readsFirst: {
    about: 'After a pause the leader reads what waits in its sockets before it lets sessions expire',
    source: 'proposed; no version of ZooKeeper does',
    rules: { expiresUnread: false },
    repairs: ['liveClientKeepsSession'],
    at: { pauses: 1, pauseLength: 4, deaths: 0 },
  },
  forgivesPause: {
    about: 'A leader that notices its own pause gives every session that much more time',
    source: 'proposed; a new leader does as much, it starts with full timeouts',
    rules: {
      afterPause: (session, pause) =>
        session.state === 'open' ? { ...session, expiresIn: session.expiresIn + pause } : session,
    },
    repairs: ['liveClientKeepsSession'],
    at: { pauses: 1, deaths: 0 },
  },
};
