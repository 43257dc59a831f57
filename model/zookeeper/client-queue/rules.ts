import type { Mutants } from '../../../checker/language/index.ts';
import { pingIsDue, readTimeoutOf } from '../session/client.ts';
import type { ClientQueueParams, Request } from './params.ts';

export const clientQueueRules = {
  /** The queue with one more request: at its end, whatever it is (ClientCnxn.outgoingQueue, and the server's own). */
  enqueued: (queue: readonly Request[], request: Request): readonly Request[] => [...queue, request],
  pingIsDue,
  /** Whether a client gives its connection up that long after the last answer. */
  connectionTimesOut: (idleRecv: number, timeout: number): boolean => idleRecv >= readTimeoutOf(timeout),
};
export type ClientQueueRules = typeof clientQueueRules;

export const clientQueueMutants: Mutants<ClientQueueParams, ClientQueueRules> = {
  pingIsDue: {
    never: {
      about: 'A client without work does not ping',
      rule: () => false,
    },
  },
  enqueued: {
    forgetsConnect: {
      about: 'Connecting again is forgotten',
      rule: (queue, request) => (request.kind === 'connect' ? queue : [...queue, request]),
      at: { burst: 5 },
    },
  },
};
