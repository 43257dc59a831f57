import type { Initial } from '../../../checker/language/index.ts';
import { initialController } from '../controller/start.ts';
import { firstSession } from '../controller/znodes.ts';
import { idle, unknownEnd } from '../replication/components.ts';
import { nextRequest } from '../replication/follower.ts';
import { brokersOf } from '../replication/params.ts';
import type { ClusterComponents } from './components.ts';
import type { budgets, ClusterParams } from './params.ts';
import type { ClusterRules } from './rules.ts';

/** The last broker is the controller, and has told all that the first one leads; no record is written yet. */
export function initialCluster(p: ClusterParams, rules: ClusterRules): Initial<ClusterComponents> {
  const isr = brokersOf(p);
  const leader = 0;
  const led = { leader, leaderEpoch: 0, isr, partitionEpoch: 0 };
  const emptyFollower = { log: [], epochCache: [], highWatermark: 0, truncating: false };
  const controllers = initialController(p, p.brokers - 1, []);
  const registrations = Array.from({ length: p.brokers }, (_, id) => ({ id, brokerEpoch: firstSession(id) }));
  return {
    ...controllers,
    shown: [{ leader, leaderEpoch: 0 }],
    budget: (kind: (typeof budgets)[number]) => p[kind],
    stateMachine: (id: number) =>
      id === p.brokers - 1
        ? { epoch: 1, handled: registrations, decision: null }
        : { epoch: 0, handled: [], decision: null },
    partition: { ...led, elr: [], controllerEpoch: 1 },
    broker: (id: number) => ({
      ...idle,
      process: 'up' as const,
      brokerEpoch: 0,
      highWatermark: 0,
      leader,
      leaderEpoch: 0,
      isr: id === leader ? isr : [],
    }),
    log: [],
    epochCache: (id: number) => (id === leader ? [{ epoch: 0, startOffset: 0 }] : []),
    followerEnd: unknownEnd,
    fetchRequest: (from: number, to: number) =>
      to === leader && from !== leader ? [nextRequest(emptyFollower, 0, 0, rules)] : [],
    registration: 'registered',
    nextRecord: 0,
    acked: [],
    committed: [],
  };
}
