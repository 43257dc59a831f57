import { z } from 'zod';
import { defineModel, family, single } from '../../checker/language/index.ts';
import { clientQueueChanges } from './client-queue/changes.ts';
import {
  Broker,
  type Broker as BrokerState,
  brokersOf,
  ClientQueueParams,
  Request,
} from './client-queue/params.ts';
import { clientQueueMutants, clientQueueRules } from './client-queue/rules.ts';

/**
 * Kafka brokers as clients of a ZooKeeper that is slow, in ticks: updates and pings wait in one queue, and a session lives as long as
 * something of its client is served in time. When one expires, the controller moves the leaderships of a broker that lives, and
 * that is one more request for each of them.
 */
export const clientQueue = defineModel('zookeeper/client-queue', {
  about:
    'Pings that wait behind updates: sessions of live brokers expire, and their partitions get new leaders',
  params: ClientQueueParams,
})
  .rules(clientQueueRules)
  .changes(clientQueueChanges)
  .mutants(clientQueueMutants)
  .components((p) => ({
    /** What ZooKeeper has to serve, first in first out. */
    requests: single(z.array(Request)),
    broker: family(brokersOf(p), Broker),
    /** Of each partition, named by the broker that it should be led by. */
    leader: family(brokersOf(p), z.int()),
    burstBudget: single(z.int().min(0).max(1)),
  }))
  .init((p) => ({
    requests: [],
    broker: () => ({ connected: true, idleSend: 0, idleRecv: 0, pending: 0, expiresIn: p.timeout }),
    leader: (partition) => partition,
    burstBudget: 1,
  }))
  .action('burst', {
    next(s, _, p) {
      if (s.burstBudget.value === 0) return;
      return [s.burstBudget.set(0), ...brokersOf(p).map((b) => s.broker(b).patch({ pending: p.burst }))];
    },
    says: (_, { params }) => `something happens that makes each broker update ${params.burst} znodes`,
  })
  .action('tick', {
    fairness: 'weak',
    next(s, _, p, { enqueued, pingIsDue, connectionTimesOut }) {
      const served = s.requests.value.slice(0, p.capacity);
      let requests: readonly Request[] = s.requests.value.slice(p.capacity);
      const brokers = brokersOf(p).map((b): BrokerState => {
        const was = s.broker(b).value;
        const mine = served.filter(({ from }) => from === b);
        const heard = mine.length > 0;
        const reopened = mine.some(({ kind }) => kind === 'connect');
        const now = {
          ...was,
          connected: was.connected || reopened,
          idleSend: Math.min(p.timeout, was.idleSend + 1),
          idleRecv: heard ? 0 : Math.min(p.timeout, was.idleRecv + 1),
          expiresIn: heard ? p.timeout : Math.max(0, was.expiresIn - 1),
        };
        if (now.connected && connectionTimesOut(now.idleRecv, p.timeout)) {
          // What was on its way is lost, and will be sent again: KafkaZkClient retries after CONNECTIONLOSS.
          const again = requests.filter(({ from, kind }) => from === b && kind === 'update').length;
          requests = enqueued(
            requests.filter(({ from }) => from !== b),
            { from: b, kind: 'connect' },
          );
          return { ...now, connected: false, idleSend: 0, pending: now.pending + again };
        }
        if (!now.connected) return now;
        let { pending } = now;
        const onTheirWay = (): number =>
          requests.filter(({ from, kind }) => from === b && kind === 'update').length;
        for (; pending > 0 && onTheirWay() < p.throttle; pending--) {
          requests = enqueued(requests, { from: b, kind: 'update' });
          now.idleSend = 0;
        }
        if (!pingIsDue(now.idleSend, p.timeout)) return { ...now, pending };
        requests = enqueued(requests, { from: b, kind: 'ping' });
        return { ...now, pending, idleSend: 0 };
      });
      const live = brokersOf(p).filter((b) => (brokers[b]?.expiresIn ?? 0) > 0);
      const moves = brokersOf(p).flatMap((partition) => {
        const [next] = live;
        const { value: leader } = s.leader(partition);
        return live.includes(leader) || next === undefined ? [] : [s.leader(partition).set(next)];
      });
      for (const _move of moves) requests = enqueued(requests, { from: null, kind: 'election' });
      return [
        s.requests.set(requests),
        ...brokersOf(p).flatMap((b) => {
          const broker = brokers[b];
          return broker === undefined ? [] : [s.broker(b).set(broker)];
        }),
        ...moves,
      ];
    },
    says(_, { before, after, params }) {
      const all = brokersOf(params);
      const gone = all.filter((b) => before.broker(b).value.connected && !after.broker(b).value.connected);
      const expired = all.filter(
        (b) => before.broker(b).value.expiresIn > 0 && after.broker(b).value.expiresIn === 0,
      );
      const moved = all.filter((one) => before.leader(one).value !== after.leader(one).value);
      const news = [
        ...(gone.length > 0 ? [`broker ${gone.join(', ')} gives up its connection`] : []),
        ...(expired.length > 0 ? [`the session of broker ${expired.join(', ')} expires`] : []),
        ...(moved.length > 0 ? [`partition ${moved.join(', ')} gets another leader`] : []),
      ];
      return `a tick: ${[...news, `${after.requests.value.length} requests wait`].join('; ')}`;
    },
  })
  .deadlock('allowed');
