import { range, type Update } from '../../../checker/language/index.ts';
import { crash, start } from '../controller/faults.ts';
import { checkRequest } from '../controller/fencing.ts';
import { loseSuffix, stopProcess, takeLeaderAndIsr } from '../replication/broker-actions.ts';
import { truncateFromEnd } from '../replication/leader-epoch-cache.ts';
import { brokersOf } from '../replication/params.ts';
import type { ClusterView, LeaderAndIsrRequest } from './components.ts';
import type { ClusterParams } from './params.ts';
import type { ClusterRules } from './rules.ts';

/** A broker refuses a request by its epochs, or takes up what it says, if that is news. */
export function receive(
  s: ClusterView,
  id: number,
  request: LeaderAndIsrRequest,
  p: ClusterParams,
  rules: ClusterRules,
): { readonly answer: 'obeys' | 'REFUSES'; readonly updates: readonly Update[] } {
  if (checkRequest(s.replica(id).value, request, rules) !== 'none') return { answer: 'REFUSES', updates: [] };
  const adopted = s.replica(id).patch({ controllerEpoch: request.controllerEpoch });
  return { answer: 'obeys', updates: [adopted, ...takeLeaderAndIsr(s, id, request, p, rules)] };
}

export const hasReplica = (id: number, p: ClusterParams): boolean => brokersOf(p).includes(id);

/** How many records may be left of the log when the machine crashes. */
export const survivors = (s: ClusterView, id: number, p: ClusterParams): readonly number[] => {
  const end = hasReplica(id, p) ? s.log(id).value.length : 0;
  return p.flushEveryRecord || end === 0 ? [end] : range(end);
};

/** Both halves of a broker die. */
export const crashBroker = (
  s: ClusterView,
  id: number,
  kept: number,
  p: ClusterParams,
): readonly Update[] => [
  ...crash(s, id, p),
  s.onTheWire(id, id).clear(), // its connection to itself dies with it
  ...(hasReplica(id, p)
    ? [
        ...stopProcess(s, id, p),
        ...loseSuffix(s, id, kept),
        s.broker(id).patch({ process: 'crashed', highWatermark: 0 }), // its checkpoint was never written
      ]
    : []),
];

/** Both halves start, once ZooKeeper has given up the last session; the new one is the broker epoch. */
export function startBroker(s: ClusterView, id: number, p: ClusterParams): readonly Update[] | undefined {
  const started = start(s, id);
  if (started === undefined || !hasReplica(id, p)) return started;
  return [
    ...started,
    s.broker(id).patch({ process: 'up' }),
    s.epochCache(id).set(truncateFromEnd(s.epochCache(id).value, s.log(id).value.length)), // UnifiedLog, when it loads
  ];
}
