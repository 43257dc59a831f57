import { z } from 'zod';
import {
  type ActionView,
  type DeepReadonly,
  defineModel,
  family,
  ghost,
  links,
  operation,
  range,
  setOf,
  single,
  type Update,
} from '../../checker/language/index.ts';
import { codeOf, type Op, type Tree, treeOf } from '../zookeeper/store/tree.ts';
import { Notification, type Watch, Watches } from '../zookeeper/store/watches.ts';
import { expire, getChildren, getData, type Server, type Written, write } from '../zookeeper/store.ts';

const Params = z.strictObject({
  brokers: z.int().min(2).max(8).default(3),
  partitions: z
    .int()
    .min(1)
    .max(6)
    .default(2)
    .describe('partitions that the broker leads that is going to die'),
  watchedBy: z
    .enum(['controller', 'everyBroker'])
    .default('controller')
    .describe(
      'who watches /brokers/ids and elects; with everyBroker each also watches the state of each partition',
    ),
});
export type WatcherHerdParams = DeepReadonly<z.output<typeof Params>>;

export const brokersOf = (p: WatcherHerdParams): readonly number[] => range(p.brokers);
export const partitionsOf = (p: WatcherHerdParams): readonly number[] => range(p.partitions);
/** The last one is going to die; the first one is the controller. */
export const survivorsOf = (p: WatcherHerdParams): readonly number[] => range(p.brokers - 1);
const electorsOf = (p: WatcherHerdParams): readonly number[] =>
  p.watchedBy === 'controller' ? [0] : survivorsOf(p);

const IDS = '/brokers/ids';
const idPath = (id: number): string => `${IDS}/${id}`;
const statePath = (partition: number): string => `/state-${partition}`;
const partitionIn = (path: string): number => Number(path.slice(path.indexOf('-') + 1));

const Broker = z.strictObject({
  /** Partitions for which it is about to elect a leader. */
  elects: setOf(z.int()),
  /** Partitions whose new leader it knows. */
  knows: setOf(z.int()),
});

export const costs = ['notifications', 'reads', 'writes', 'requests'] as const;
const more = operation('more', (count: number, by: number) => count + by);

function components(p: WatcherHerdParams) {
  const brokers = brokersOf(p);
  const lanes: readonly [string, string] = ['broker', 'broker'];
  return {
    tree: single(treeOf(z.int())),
    watches: single(Watches),
    event: links(['ensemble'], brokers, Notification, {
      lanes: ['ZooKeeper', 'broker'],
      says: ({ path }) => path,
    }),
    broker: family(brokers, Broker, { lane: 'broker' }),
    /** LeaderAndIsr with all partitions. */
    request: links(brokers, brokers, z.literal('LeaderAndIsr'), { lanes, says: String }),
    /** What the death has cost: notifications of ZooKeeper, reads and writes there, requests between brokers. */
    cost: ghost(family(costs, z.int().min(0))),
  };
}
type View = ActionView<ReturnType<typeof components>>;

const serverOf = (s: View): Server<number> => ({ tree: s.tree.value, watches: s.watches.value });

const stored = (s: View, { server, fired }: Omit<Written<number>, 'results'>): readonly Update[] => [
  s.tree.set(server.tree),
  s.watches.set(server.watches),
  ...fired.map(({ session, type, path }) => s.event('ensemble', session).send({ type, path })),
  s.cost('notifications').apply(more, fired.length),
];

/** Where what was promised may fail: the write of a new leader. */
const rules = {
  /** Conditional on the version that the state had under the leader that died. */
  electLeader: (partition: number, id: number): Op<number> => ({
    kind: 'setData',
    path: statePath(partition),
    data: id,
    version: 0,
  }),
};

/**
 * What the death of a broker costs ZooKeeper and the others: with a controller, which alone watches and elects and then tells the others, and
 * without, when every broker watches everything and stands up for each partition. Built on model/zookeeper/store.ts; a session is its broker.
 */
export const watcherHerd = defineModel('kafka/watcher-herd', {
  about:
    'What the death of a broker costs, with watches of the controller alone and with watches of every broker',
  params: Params,
})
  .rules(rules)
  .changes({
    everyBrokerWatches: {
      about: 'Every broker watches the brokers and the state of every partition, and elects leaders itself',
      source: 'the first designs of Kafka’s replication, before it had a controller',
      set: { watchedBy: 'everyBroker' },
      breaks: ['oneNotification'],
      keeps: ['asExpected', 'electedOnce', 'allKnow'],
    },
  })
  .mutants({
    electLeader: {
      unconditional: {
        about: 'A leader is written whatever has been written since',
        rule: (partition, id) => ({ kind: 'setData', path: statePath(partition), data: id, version: -1 }),
        at: { watchedBy: 'everyBroker' },
      },
      alwaysTheFirst: {
        about: 'Every write is to the first partition',
        rule: (_, id) => rules.electLeader(0, id),
      },
    },
  })
  .components(components)
  .init((p) => {
    const node = (path: string, data: number, owner: number | null) => {
      return { path, data, version: 0, cversion: 0, czxid: 0, mzxid: 0, pzxid: 0, owner };
    };
    const nodes = [
      node('/brokers', 0, null),
      node(IDS, 0, null),
      ...brokersOf(p).map((id) => node(idPath(id), id, id)),
      ...partitionsOf(p).map((partition) => node(statePath(partition), p.brokers - 1, null)),
    ];
    const children = electorsOf(p).map((session): Watch => ({ path: IDS, kind: 'children', session }));
    const data = p.watchedBy === 'controller' ? [] : survivorsOf(p);
    const states = data.flatMap((session) =>
      partitionsOf(p).map((partition): Watch => ({ path: statePath(partition), kind: 'data', session })),
    );
    const tree: Tree<number> = { sessions: brokersOf(p), nodes };
    return {
      tree,
      watches: [...children, ...states],
      broker: { elects: [], knows: [] },
      cost: 0,
    };
  })
  .action('die', {
    fairness: 'weak',
    next(s, _, p) {
      const last = p.brokers - 1;
      if (!s.tree.value.sessions.includes(last)) return;
      return stored(s, expire(serverOf(s), last, 0));
    },
    says: (_, { params }) => `broker ${params.brokers - 1} dies, and its session ends`,
  })
  .action('hear', {
    each: survivorsOf,
    fairness: 'weak',
    next(s, id, p) {
      const event = s.event('ensemble', id).head;
      if (event === undefined) return;
      const { elects, knows } = s.broker(id).value;
      const read =
        event.path === IDS
          ? getChildren(serverOf(s), id, IDS, true)
          : getData(serverOf(s), id, event.path, true);
      const done = [
        s.event('ensemble', id).receive(),
        s.watches.set(read.server.watches),
        s.cost('reads').apply(more, 1),
      ];
      if (event.path === IDS) {
        return [
          ...done,
          s.broker(id).patch({ elects: partitionsOf(p).filter((one) => !knows.includes(one)) }),
        ];
      }
      const partition = partitionIn(event.path);
      const left = elects.filter((one) => one !== partition);
      return [...done, s.broker(id).set({ elects: left, knows: [...knows, partition] })];
    },
    says: (id, { before }) =>
      `broker ${id} hears of a change and reads ${before.event('ensemble', id).head?.path}`,
  })
  .action('electLeader', {
    each: electorsOf,
    fairness: 'weak',
    next(s, id, p, { electLeader }) {
      const [partition, ...left] = s.broker(id).get('elects');
      if (partition === undefined) return;
      const written = write(serverOf(s), id, [electLeader(partition, id)], 0);
      const elected = codeOf(written.results) === 'OK' && p.watchedBy === 'controller';
      const knows = [...s.broker(id).get('knows'), ...(elected ? [partition] : [])];
      const others = left.length === 0 && p.watchedBy === 'controller' ? survivorsOf(p).slice(1) : [];
      return [
        ...stored(s, written),
        s.broker(id).set({ elects: left, knows }),
        s.cost('writes').apply(more, 1),
        ...others.map((to) => s.request(id, to).send('LeaderAndIsr')),
        s.cost('requests').apply(more, others.length),
      ];
    },
    says: (id, { before, after }) => {
      const partition = before.broker(id).get('elects')[0];
      const version = (s: typeof before) =>
        s.tree.value.nodes.find(({ path }) => path === statePath(partition ?? 0))?.version;
      return `broker ${id} writes a leader for partition ${partition}${version(before) === version(after) ? ', and comes too late' : ''}`;
    },
  })
  .action('receive', {
    each: survivorsOf,
    fairness: 'weak',
    next(s, id, p) {
      if (s.request(0, id).head === undefined) return;
      return [s.request(0, id).receive(), s.broker(id).patch({ knows: partitionsOf(p) })];
    },
    says: (id) => `broker ${id} hears from the controller of all the new leaders`,
  })
  .deadlock('allowed');
