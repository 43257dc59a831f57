import type { Change } from '../../../checker/language/index.ts';
import type { ClientQueueParams } from './params.ts';
import type { ClientQueueRules } from './rules.ts';

export const clientQueueChanges: Readonly<Record<string, Change<ClientQueueParams, ClientQueueRules>>> = {
  burstOfUpdates: {
    about: 'So many updates at once that a ping behind them is answered too late',
    source: 'ClientCnxn: pings wait in outgoingQueue like requests; answers come in order',
    set: { burst: 5 },
    breaks: ['leadersStay'],
    fixedBy: 'largerTimeout',
  },
  largerTimeout: {
    about: 'zookeeper.session.timeout.ms is three times as large',
    source: 'KIP-537: from 6 to 18 seconds',
    set: { timeout: 18 },
    repairs: ['leadersStay'],
    at: { burst: 5 },
  },
  pingsFirst: {
    about: 'Pings, and requests to connect again, overtake what else waits',
    source: 'proposed; ZooKeeper has one queue',
    rules: {
      enqueued(queue, request) {
        const urgent = (one: typeof request): boolean => one.kind === 'ping' || one.kind === 'connect';
        if (!urgent(request)) return [...queue, request];
        return [...queue.filter(urgent), request, ...queue.filter((one) => !urgent(one))];
      },
    },
    repairs: ['leadersStay'],
    at: { burst: 5 },
  },
  throttledUpdates: {
    about: 'A broker has only one update on its way at a time',
    source: 'KAFKA-5642 made the requests pipelined, up to zookeeper.max.in.flight.requests',
    set: { throttle: 1 },
    repairs: ['leadersStay'],
    at: { burst: 5 },
  },
};
