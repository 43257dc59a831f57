import type { Mutants } from '../../../checker/language/index.ts';
import { closeSession } from '../store/tree.ts';
import { connectionTimesOut, connectionTimesOutMutants, pingIsDue, pingIsDueMutants } from './client.ts';
import { type Tracked, touchSession, touchSessionMutants } from './expiry.ts';
import type { SessionParams } from './params.ts';

export const sessionRules = {
  touchSession,
  pingIsDue,
  connectionTimesOut,
  closeSession,
  /** What a client hears that connects with its session: Leader's REVALIDATE, LearnerZooKeeperServer.revalidateSession. */
  revalidated: ({ state }: Tracked): 'connected' | 'expired' | 'none' =>
    state === 'open' ? 'connected' : 'expired',
  /** Whether the expirer of a leader that has just come back may run before what waits in its sockets was read. */
  expiresUnread: true,
  /** A session when its leader comes back from a pause of so many half ticks: its time has gone on. */
  afterPause: (session: Tracked, _pause: number): Tracked => session,
};
export type SessionRules = typeof sessionRules;

export const sessionMutants: Mutants<SessionParams, SessionRules> = {
  touchSession: touchSessionMutants,
  pingIsDue: pingIsDueMutants,
  connectionTimesOut: connectionTimesOutMutants,
  revalidated: {
    silent: {
      about: 'A client whose session is over gets no answer',
      rule: ({ state }) => (state === 'open' ? 'connected' : 'none'),
      at: { pauses: 1, pauseOf: 'client', clients: 1, deaths: 0 },
    },
  },
  closeSession: {
    leavesEphemerals: {
      about: 'closeSession ends the session and leaves its znodes to a later transaction, which never comes',
      rule: (tree, session) => ({
        tree: { ...tree, sessions: tree.sessions.filter((open) => open !== session) },
        events: [],
      }),
    },
  },
};
