import { z } from 'zod';
import type { MutantsOf } from '../../../checker/language/index.ts';
import { SERVERS, type SessionParams } from './params.ts';

export const Client = z.strictObject({
  state: z.enum(['connected', 'connecting', 'expired', 'dead']),
  /** Whom it is connected to. */
  server: z.enum(SERVERS).nullable(),
  /** Half ticks since it sent, and heard, something. */
  idleSend: z.int().min(0),
  idleRecv: z.int().min(0),
});
export type Client = Readonly<z.output<typeof Client>>;

/** ClientCnxn.readTimeout: a connection is given up after two thirds of the session timeout without a word. */
export const readTimeoutOf = (timeout: number): number => Math.floor((timeout * 2) / 3);

/** ClientCnxn.SendThread: a ping when nothing was sent for half of the read timeout. */
export const pingIsDue = (idleSend: number, timeout: number): boolean =>
  idleSend >= Math.floor(readTimeoutOf(timeout) / 2);

export const pingIsDueMutants: MutantsOf<typeof pingIsDue, SessionParams> = {
  onceInATimeout: {
    about: 'The client pings only when the session timeout has passed',
    rule: (idleSend, timeout) => idleSend >= timeout,
    survives: 'it leaves the silent connection before, and to connect again is a sign of life as well',
  },
};

/** ClientCnxn.SendThread: whether the client itself closes the connection. */
export const connectionTimesOut = (idleRecv: number, timeout: number): boolean =>
  idleRecv >= readTimeoutOf(timeout);

export const connectionTimesOutMutants: MutantsOf<typeof connectionTimesOut, SessionParams> = {
  never: {
    about: 'The client stays with a server that it does not hear of any more',
    rule: () => false,
    at: { pauses: 1, pauseOf: 'follower', pauseLength: 8 },
    survives: 'nobody stays silent for ever here, so that staying is no worse than leaving',
  },
};
