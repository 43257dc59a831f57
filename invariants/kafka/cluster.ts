import { properties, type StateOf } from '../../checker/language/index.ts';
import type { ClusterParams } from '../../model/kafka/cluster/params.ts';
import { cluster } from '../../model/kafka/cluster.ts';
import { brokersOf } from '../../model/kafka/controller/params.ts';
import { nobody } from '../../model/kafka/controller/words.ts';
import { brokersOf as replicasOf } from '../../model/kafka/replication/params.ts';
import { braces } from '../../model/kafka/replication/words.ts';
import { acts, brokerIn, controllerPromises, obeyed, pairIn, versionIn } from './controller/epochs.ts';
import { dataPromises } from './replication/data-path.ts';

type View = StateOf<typeof cluster>;

/** A running broker leads, in the epoch of the partition's znode. */
const isLed = (s: View, p: ClusterParams): boolean => {
  const { leader, leaderEpoch } = s.partition.value;
  return replicasOf(p).some(
    (id) =>
      id === leader &&
      s.process(id).value === 'up' &&
      s.broker(id).get('leader') === id &&
      s.broker(id).get('leaderEpoch') === leaderEpoch,
  );
};

/** What a cluster promises from end to end: all that its controllers and its replicas do, and what neither can alone. */
export default properties(cluster)
  .include(controllerPromises)
  .include(dataPromises)
  .step('noStaleWrite', {
    about: 'ZooKeeper takes no write of a controller whose epoch is not the present one (C3)',
    source: 'KAFKA-6082',
    on: ['writePartition'],
    premise: (_, _after, { label }) => label === 'done',
    holds(before, _, { instance }) {
      const id = brokerIn(instance);
      const { epoch, epochZkVersion } = before.controller(id).value;
      return (
        epochZkVersion === versionIn(before) ||
        `broker ${id} writes as the controller of epoch ${epoch}, and there has been another one since`
      );
    },
  })
  .step('noLostUpdate', {
    about: 'A decision replaces nothing but what it is based on',
    source: 'KafkaZkClient.updateLeaderAndIsr: the write is conditional on the version',
    on: ['writePartition'],
    premise: (_, _after, { label }) => label === 'done',
    holds(before, _, { instance }) {
      const { decision } = before.stateMachine(brokerIn(instance)).value;
      const { isr, partitionEpoch } = before.partition.value;
      return (
        decision?.next.partitionEpoch === partitionEpoch + 1 ||
        `controller ${brokerIn(instance)} replaces version ${partitionEpoch}, ISR ${braces(isr)}, which it has not seen`
      );
    },
  })
  .always('oneLeaderPerEpoch', {
    about: 'No leader epoch ever has two leaders, in the znode or by their own belief (P1)',
    source: 'PartitionStateMachine: the leader epoch rises with each decision',
    premise: (s) => s.shown.value.length > 1,
    holds(s, _, p) {
      const believed = replicasOf(p)
        .filter((id) => s.broker(id).get('leader') === id)
        .map((id) => ({ leader: id, leaderEpoch: s.broker(id).get('leaderEpoch') }));
      const led = [...s.shown.value.filter(({ leader }) => leader !== null), ...believed];
      const twice = led.find((a) =>
        led.some((b) => a.leaderEpoch === b.leaderEpoch && a.leader !== b.leader),
      );
      return twice === undefined || `leader epoch ${twice.leaderEpoch} has two leaders`;
    },
  })
  .always('requestBacked', {
    about: 'Whatever a broker believes of leadership has been in the znode at some time (C6)',
    source: 'KafkaController writes to ZooKeeper first and tells the brokers then',
    each: replicasOf,
    premise: (s, id) => s.broker(id).get('leaderEpoch') > 0,
    holds(s, id) {
      const { leader, leaderEpoch } = s.broker(id).value;
      return (
        s.shown.value.some((one) => one.leader === leader && one.leaderEpoch === leaderEpoch) ||
        `broker ${id} believes in leader ${nobody(leader)}, epoch ${leaderEpoch}, which ZooKeeper never had`
      );
    },
  })
  .step('leaderEpochAdopted', {
    about: 'The leader epoch that a broker believes in never falls while it runs',
    source: 'ReplicaManager.becomeLeaderOrFollower',
    on: ['receive', 'receiveLate'],
    premise: (_, _after, { label }) => obeyed(label),
    holds(before, after, { instance }) {
      const [from, to] = pairIn(instance);
      const [was, now] = [before.broker(to).get('leaderEpoch'), after.broker(to).get('leaderEpoch')];
      return now >= was || `broker ${to} goes back from leader epoch ${was} to ${now}, as ${from} says`;
    },
  })
  .always('leaderInIsr', {
    about: 'The ISR is never empty, and the leader, if there is one, is in it (P3, P4)',
    source: 'PartitionLeaderElectionAlgorithms; until KIP-966 the last member stays',
    holds(s) {
      const { leader, isr } = s.partition.value;
      return (
        (isr.length > 0 && (leader === null || isr.includes(leader))) ||
        `leader ${nobody(leader)}, ISR ${braces(isr)}`
      );
    },
  })
  .step('leaderEpochRises', {
    about: 'The leader epoch never falls, and every change of the znode raises its version by one (P2)',
    source: 'LeaderAndIsr.newLeaderAndIsr',
    premise: (before, after) => before.partition.value !== after.partition.value,
    holds(before, after) {
      const [was, is] = [before.partition.value, after.partition.value];
      return (
        (is.leaderEpoch >= was.leaderEpoch && is.partitionEpoch === was.partitionEpoch + 1) ||
        `leader epoch ${was.leaderEpoch} (version ${was.partitionEpoch}) is followed by ${is.leaderEpoch} (version ${is.partitionEpoch})`
      );
    },
  })
  .reachable('twoControllersDecide', {
    about: 'Two brokers take themselves for the controller, and the earlier one still wants to write',
    applies: (p) => p.machineCrashes > 0 && p.expiries + p.operatorDeletes > 0,
    when: (s, p) =>
      brokersOf(p).filter((id) => acts(s, id)).length > 1 &&
      brokersOf(p).some(
        (id) =>
          acts(s, id) &&
          s.stateMachine(id).get('decision') !== null &&
          s.controller(id).get('epochZkVersion') < versionIn(s),
      ),
  })
  .temporal('eventuallyLed', {
    about: 'P9: in the end a broker that runs leads the partition, and knows it',
    source: 'PartitionStateMachine.triggerOnlinePartitionStateChange',
    applies: (p) => p.operatorDeletes + p.operatorRewrites === 0 || p.beyondPromise,
    eventuallyAlways: (s, _, p) => isLed(s, p),
  });
