import { properties, type StateOf } from '../../checker/language/index.ts';
import {
  brokersOf,
  partitionsOf,
  survivorsOf,
  type WatcherHerdParams,
  watcherHerd,
} from '../../model/kafka/watcher-herd.ts';

type View = StateOf<typeof watcherHerd>;

/** The broker is dead, and nothing is left to be heard or done. */
const settled = (s: View, p: WatcherHerdParams): boolean =>
  !s.tree.value.sessions.includes(p.brokers - 1) &&
  brokersOf(p).every(
    (id) =>
      s.event('ensemble', id).length === 0 &&
      s.broker(id).get('elects').length === 0 &&
      s.request(0, id).length === 0,
  );

/** What a death costs: one notification for the controller, or one for each survivor and each change. */
const expectedNotifications = (p: WatcherHerdParams): number =>
  p.watchedBy === 'controller' ? 1 : (p.brokers - 1) * (p.partitions + 1);

const told = (s: View): string =>
  `the death of a broker has cost ${s.cost('notifications').value} notifications, ${s.cost('reads').value} reads, ${s.cost('writes').value} writes and ${s.cost('requests').value} requests`;

export default properties(watcherHerd)
  .always('oneNotification', {
    about: 'When all is done, the death of a broker has cost ZooKeeper one notification',
    source: 'KafkaController.onControllerFailover: it alone watches /brokers/ids',
    premise: (s, _, p) => settled(s, p),
    holds: (s) => s.cost('notifications').value === 1 || told(s),
  })
  .always('asExpected', {
    about: 'With b brokers left and p partitions, watches of every broker cost b * (p + 1) notifications',
    source: 'WatchManager.triggerWatch: one for each watch',
    premise: (s, _, p) => settled(s, p),
    holds: (s, _, p) => s.cost('notifications').value === expectedNotifications(p) || told(s),
  })
  .always('electedOnce', {
    about: 'Each partition gets one new leader',
    source: 'a conditional write',
    premise: (s, _, p) => settled(s, p),
    holds(s, _, p) {
      const changed = s.tree.value.nodes
        .filter(({ path }) => path.startsWith('/state-'))
        .map(({ version }) => version);
      return (
        (changed.length === p.partitions && changed.every((version) => version === 1)) ||
        `the states of the partitions have been written ${changed.join(', ')} times`
      );
    },
  })
  .always('allKnow', {
    about: 'When all is done, every broker knows the new leader of every partition',
    premise: (s, _, p) => settled(s, p),
    each: survivorsOf,
    holds: (s, id, p) =>
      s.broker(id).get('knows').length === partitionsOf(p).length || `broker ${id} knows too little`,
  })
  .reachable('allTry', {
    about: 'Every broker tries to elect a leader for every partition, and all but one come too late',
    applies: (p) => p.watchedBy === 'everyBroker',
    when: (s, p) => settled(s, p) && s.cost('writes').value === (p.brokers - 1) * p.partitions,
  });
