import { z } from 'zod';
import type { MutantsOf } from '../../../checker/language/index.ts';
import { type SessionParams, TICK } from './params.ts';

/** A session at the leader's tracker. 'closing': its closeSession is submitted, and nothing brings it back. */
export const Tracked = z.strictObject({
  state: z.enum(['open', 'closing', 'closed']),
  /** Half ticks until its bucket is due; 0 once it is. */
  expiresIn: z.int().min(0),
});
export type Tracked = Readonly<z.output<typeof Tracked>>;

/** ExpiryQueue.roundToNextInterval: the next multiple of the interval, strictly later. */
export const roundToNextInterval = (time: number, interval: number): number =>
  (Math.floor(time / interval) + 1) * interval;

/**
 * SessionTrackerImpl.touchSession: the session moves to a later bucket, unless it is closing. `phase`: half ticks since the last whole
 * tick; only the phase of the clock matters.
 */
export function touchSession(session: Tracked, timeout: number, phase: number): Tracked {
  if (session.state !== 'open') return session;
  return { ...session, expiresIn: roundToNextInterval(phase + timeout, TICK) - phase };
}

/** SessionTrackerImpl.trackSession, at the beginning of a tick. */
export const trackSession = (timeout: number): Tracked =>
  touchSession({ state: 'open', expiresIn: 0 }, timeout, 0);

export const touchSessionMutants: MutantsOf<typeof touchSession, SessionParams> = {
  revives: {
    about: 'A touch brings a session back that is closing',
    rule: (session, timeout, phase) =>
      session.state === 'closed' ? session : touchSession({ ...session, state: 'open' }, timeout, phase),
    at: { pauses: 1, timeout: 4 },
  },
  forgets: {
    about: 'A touch leaves the session in its bucket',
    rule: (session) => session,
  },
};
