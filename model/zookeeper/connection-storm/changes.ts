import type { Change } from '../../../checker/language/index.ts';
import type { StormParams } from './params.ts';
import type { StormRules } from './rules.ts';

export const stormChanges: Readonly<Record<string, Change<StormParams, StormRules>>> = {
  largeCut: {
    about: 'More clients lose their connections than the server can serve before they give up',
    source:
      'reports of operators: connection storms after a network cut, with closeSession transactions that never end',
    set: { lost: 8 },
    breaks: ['recovers'],
    fixedBy: 'throttled',
  },
  throttled: {
    about: 'A throttle lets in so many connections in a tick and refuses the rest at once',
    source: 'BlueThrottle: zookeeper.connection_throttle_tokens, ZOOKEEPER-3242',
    rules: { admitted: (_, { tokens }) => tokens },
    repairs: ['recovers'],
    at: { lost: 8 },
  },
  throttledTooLate: {
    about:
      'The throttle is turned on in a storm: who is let in still waits behind those that have given up, and gives up',
    source: 'the model',
    rules: { admitted: (_, { tokens }) => tokens },
    set: { abandoned: 12 },
    breaks: ['recovers'],
    fixedBy: 'limitedByAll',
  },
  limitedByEstablished: {
    about:
      'In a storm a limit on the connections that clients wait on; those that they have closed (CLOSE_WAIT) are not counted',
    source: 'reports of operators: such a limit was never reached, and did not help',
    rules: {
      admitted: (queue, { limit }) =>
        limit - queue.filter(({ kind, abandoned }) => kind === 'open' && !abandoned).length,
    },
    set: { abandoned: 12 },
    breaks: ['recovers'],
    fixedBy: 'limitedByAll',
  },
  limitedByAll: {
    about:
      'The same limit on all connections that hold a file descriptor: it waits until the storm has been worked off',
    source: 'proposed beside it',
    rules: { admitted: (queue, { limit }) => limit - queue.length },
    repairs: ['recovers'],
    at: { lost: 8, abandoned: 12 },
  },
  patientClients: {
    about: 'Clients wait for longer: a larger session timeout, fewer servers to try in turn',
    source: 'ClientCnxn.connectTimeout: the session timeout divided by the number of servers',
    set: { patience: 6 },
    repairs: ['recovers'],
    at: { lost: 8 },
  },
};
