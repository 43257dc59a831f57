import { properties } from '../../checker/language/index.ts';
import { brokersOf, epochsOf, partitionsOf } from '../../model/kafka/partition-election/params.ts';
import { preferredReplicaImbalanceCount } from '../../model/kafka/partition-election/preferred-leaders.ts';
import { partitionElection } from '../../model/kafka/partition-election.ts';
import { without } from '../../model/kafka/replication/isr.ts';
import { braces } from '../../model/kafka/replication/words.ts';
import {
  allRun,
  changed,
  elected,
  epochOf,
  hasCandidate,
  isForEarlier,
  isInReassignment,
  isReassigned,
  isServed,
  mayPrefer,
  onlyClean,
  pairOf,
  released,
  writersAreLive,
} from './partition-election/steps-and-states.ts';

/** What the controller and the leaders promise about partitions. The numbers (P1, L1) are those of docs/kafka-partition-election.md. */
export default properties(partitionElection)
  .always('oneLeaderPerEpoch', {
    about:
      'Who has heard of the same leader epoch of a partition believes in the same leader; so does ZooKeeper (P1)',
    source: 'ReplicaManager.becomeLeaderOrFollower: the leader epoch',
    each: partitionsOf,
    premise: (s, partition) => s.partitionNode(partition).value !== null,
    holds(s, partition, p) {
      const node = s.partitionNode(partition).value;
      const beliefs = brokersOf(p).map((id) => ({
        who: `${id}`,
        leader: s.replica(id, partition).get('leader'),
        leaderEpoch: s.replica(id, partition).get('leaderEpoch'),
      }));
      if (node !== null)
        beliefs.push({ who: 'ZooKeeper', leader: node.leader, leaderEpoch: node.leaderEpoch });
      for (const a of beliefs) {
        const b = beliefs.find(
          ({ leader, leaderEpoch }) =>
            leaderEpoch === a.leaderEpoch && leader !== a.leader && leader !== null && a.leader !== null,
        );
        if (b)
          return `in leader epoch ${a.leaderEpoch} ${a.who} has ${a.leader} as leader, ${b.who} has ${b.leader}`;
      }
      return true;
    },
  })
  .step('epochsRise', {
    about: 'Each write raises the partition epoch by one, a new leader the leader epoch; none falls (P1, P2)',
    source: 'LeaderAndIsr; ZooKeeper: versions of a znode',
    premise: (before, after, _, p) => changed(before, after, p).some(({ was }) => was !== null),
    holds(before, after, _, p) {
      for (const { partition, was, is } of changed(before, after, p)) {
        if (was === null) continue;
        if (is.partitionEpoch !== was.partitionEpoch + 1)
          return `the partition epoch of ${partition} goes from ${was.partitionEpoch} to ${is.partitionEpoch}`;
        const least = is.leader === was.leader ? was.leaderEpoch : was.leaderEpoch + 1;
        if (is.leaderEpoch < least)
          return `the leader of ${partition} goes from ${was.leader} to ${is.leader}, its epoch from ${was.leaderEpoch} to ${is.leaderEpoch}`;
      }
      return true;
    },
  })
  .always('leaderInIsr', {
    about: 'The leader, if there is one, is in the ISR (P3)',
    source: 'KafkaReplication.tla, LeaderInIsr, less its initial state without a leader',
    each: partitionsOf,
    premise: (s, partition) => s.partitionNode(partition).value?.leader != null,
    holds(s, partition) {
      const node = s.partitionNode(partition).value;
      if (node === null || node.leader === null || node.isr.includes(node.leader)) return true;
      return `${node.leader} leads partition ${partition}, the ISR is ${braces(node.isr)}`;
    },
  })
  .always('isrNotEmpty', {
    about: 'The last member stays in the ISR, though it be dead (P4)',
    source: 'ReplicaStateMachine.doRemoveReplicasFromIsr',
    each: partitionsOf,
    premise: (s, partition) => s.partitionNode(partition).value !== null,
    holds: (s, partition) =>
      s.partitionNode(partition).value?.isr.length !== 0 || `partition ${partition} has an empty ISR`,
  })
  .always('isrAssigned', {
    about: 'The ISR is among the assigned replicas (P5)',
    source: 'KAFKA-9672',
    each: partitionsOf,
    premise: (s, partition) => s.partitionNode(partition).value !== null,
    holds(s, partition) {
      const stray = without(
        s.partitionNode(partition).value?.isr ?? [],
        s.assignmentNode(partition).value?.replicas ?? [],
      );
      return (
        stray.length === 0 ||
        `${braces(stray)} is in the ISR of partition ${partition} and not assigned to it`
      );
    },
  })
  .step('cleanElection', {
    about: 'A new leader was in the ISR, where unclean elections are forbidden (P6)',
    source: 'Election.leaderForOffline; unclean.leader.election.enable',
    applies: onlyClean,
    premise: (before, after, _, p) => elected(before, after, p).length > 0,
    holds(before, after, _, p) {
      const outsider = elected(before, after, p).find(({ was, leader }) => !was.isr.includes(leader));
      return (
        outsider === undefined ||
        `${outsider.leader} becomes the leader, and the ISR was ${braces(outsider.was.isr)}`
      );
    },
  })
  .step('firstAssigned', {
    about:
      'Whoever is elected from the ISR is the first assigned one that the controller counts as live (P7)',
    source: 'PartitionLeaderElectionAlgorithms',
    on: ['controllerWrites'],
    premise: (before, after, { instance }, p) =>
      before.controller(epochOf(instance)).get('tasks')[0]?.kind === 'goOnline' &&
      elected(before, after, p).some(({ was, leader }) => was.isr.includes(leader)),
    holds(before, after, { instance }, p) {
      const { registrations, shuttingDown } = before.controller(epochOf(instance)).value;
      const live = without(
        registrations.map(({ id }) => id),
        shuttingDown,
      );
      for (const { partition, was, leader } of elected(before, after, p)) {
        const { replicas } = before.cached(epochOf(instance), partition).get('assignment');
        const first = replicas.find((id) => was.isr.includes(id) && live.includes(id));
        if (first !== leader && was.isr.includes(leader))
          return `${leader} is elected, and ${first} comes before it in ${replicas.join(', ')}`;
      }
      return true;
    },
  })
  .step('notShuttingDown', {
    about: 'Nobody is elected of whom the controller knows that it is about to stop (P8)',
    source: 'PartitionLeaderElectionAlgorithms.controlledShutdownPartitionLeaderElection',
    applies: (p) => p.cleanStops > 0,
    on: ['controllerWrites'],
    premise: (before, after, { instance }, p) =>
      before.controller(epochOf(instance)).get('shuttingDown').length > 0 &&
      elected(before, after, p).length > 0,
    holds(before, after, { instance }, p) {
      const leaving = before.controller(epochOf(instance)).get('shuttingDown');
      const wrong = elected(before, after, p).find(({ leader }) => leaving.includes(leader));
      return wrong === undefined || `${wrong.leader} is elected, and is about to stop`;
    },
  })
  .step('releasedIsFree', {
    about:
      'Whom the controller lets stop leads nothing that another could lead, and has left each ISR but as its last member (P8)',
    source: 'KafkaController.doControlledShutdown; a controller that has a successor does not know better',
    applies: (p) => p.cleanStops > 0,
    on: ['controlledShutdown', 'controllerWrites'],
    premise: (before, after, { instance }, p) =>
      released(before, after, p).length > 0 && before.controllerEpoch.value === epochOf(instance),
    holds(before, after, { instance }, p) {
      if (before.controllerEpoch.value > epochOf(instance)) return true;
      for (const id of released(before, after, p)) {
        for (const partition of partitionsOf(p)) {
          const node = after.partitionNode(partition).value;
          if (node === null || (after.assignmentNode(partition).value?.replicas.length ?? 0) < 2) continue;
          if (node.leader === id) return `${id} may stop, and leads partition ${partition}`;
          if (node.isr.includes(id) && node.isr.length > 1)
            return `${id} may stop, and is in the ISR ${braces(node.isr)} of partition ${partition}`;
        }
      }
      return true;
    },
  })
  .step('noneJoinsWhileLeaving', {
    about: 'The controller lets nobody into the ISR of whom it knows that it is about to stop, or gone (P8)',
    source: 'KIP-841 (KAFKA-13916, KAFKA-14140)',
    applies: (p) => p.isrWrites === 'alterPartition' || p.beyondPromise,
    on: ['alterPartition', 'expandIsr'],
    premise: (before, after, _, p) =>
      before.controller(before.controllerEpoch.value).get('phase') === 'active' &&
      changed(before, after, p).some(({ was, is }) => is.isr.length > (was?.isr.length ?? 0)),
    holds(before, after, { action, instance }, p) {
      const epoch = action === 'alterPartition' ? epochOf(instance) : before.controllerEpoch.value;
      const { registrations, shuttingDown } = before.controller(epoch).value;
      const live = without(
        registrations.map(({ id }) => id),
        shuttingDown,
      );
      for (const { was, is } of changed(before, after, p)) {
        const wrong = without(without(is.isr, was?.isr ?? []), live);
        if (wrong.length > 0) return `${braces(wrong)} joins the ISR, and is about to stop or gone`;
      }
      return true;
    },
  })
  .step('staleControllerWritesNothing', {
    about: 'What a controller writes once there is another has no effect (C3)',
    source: 'KAFKA-6082',
    applies: (p) => p.failovers > 0,
    on: ['controllerWrites', 'alterPartition'],
    premise: (before, _, { instance }) => before.controllerEpoch.value > epochOf(instance),
    holds(before, after, { instance }, p) {
      const [wrong] = changed(before, after, p);
      return (
        wrong === undefined ||
        `controller ${epochOf(instance)} changes partition ${wrong.partition}, and the controller epoch is ${before.controllerEpoch.value}`
      );
    },
  })
  .step('earlierIncarnationIgnored', {
    about: 'A broker does nothing on a request that was meant for its earlier incarnation (C7)',
    source: 'KIP-380 (KAFKA-7235)',
    on: ['receive'],
    premise: (before, _, { instance }) => isForEarlier(before, instance),
    holds(before, after, { instance }, p) {
      if (!isForEarlier(before, instance)) return true;
      const [, id] = pairOf(instance);
      const obeyed = partitionsOf(p).some(
        (partition) => before.replica(id, partition).value !== after.replica(id, partition).value,
      );
      return !obeyed || `${id} obeys a request that was sent before it restarted`;
    },
  })
  .temporal('isServed', {
    about:
      'In the end a partition has a leader that knows so, if an assigned member of its ISR stays up (P9)',
    source: 'KafkaController; KAFKA-5845',
    applies: writersAreLive,
    each: partitionsOf,
    provided: { eventuallyAlways: hasCandidate },
    eventuallyAlways: isServed,
  })
  .temporal('everyoneInSync', {
    about: 'In the end all assigned replicas are in the ISR, if their brokers are up in the end',
    source: 'KAFKA-2729 (Cached zkVersion), KAFKA-4443',
    each: partitionsOf,
    provided: { eventuallyAlways: allRun },
    eventuallyAlways: (s, partition) => {
      const isr = s.partitionNode(partition).value?.isr ?? [];
      return (s.assignmentNode(partition).value?.replicas ?? []).every((id) => isr.includes(id));
    },
  })
  .temporal('preferredLeads', {
    about:
      'With auto.leader.rebalance.enable each partition is led by its first assigned replica in the end, if that stays up and in the ISR (P10)',
    source: 'KafkaController.checkAndTriggerAutoLeaderRebalance',
    applies: (p) => p.autoLeaderRebalance,
    each: partitionsOf,
    provided: { eventuallyAlways: mayPrefer },
    eventuallyAlways(s, partition) {
      const assignment = s.assignmentNode(partition).value;
      const leadership = s.partitionNode(partition).value ?? undefined;
      return assignment !== null && preferredReplicaImbalanceCount([{ assignment, leadership }]) === 0;
    },
  })
  .temporal('reassignmentCompletes', {
    about:
      'A reassignment that has begun is done in the end, if all its replicas stay up: the new ones, one of which leads (P11)',
    source: 'Vanlightly/kafka-tlaplus, ReassignmentCompletes',
    applies: (p) => p.reassignTo.length > 0,
    provided: { eventuallyAlways: (s) => allRun(s, 0) },
    from: (s) => isInReassignment(s),
    leadsTo: (s, _, p) => isReassigned(s, p),
  })
  .temporal('someControllerActs', {
    about: 'Whoever is elected as the controller takes over in the end (L1)',
    source: 'KAFKA-13407',
    applies: (p) => p.failovers > 0,
    eventuallyAlways: (s) => s.controller(s.controllerEpoch.value).get('phase') === 'active',
  })
  .temporal('staleControllerResigns', {
    about: 'A controller that is none any more resigns in the end (L2)',
    source: 'KafkaController.maybeResign',
    applies: (p) => p.failovers > 0,
    each: epochsOf,
    from: (s, epoch) => s.controllerEpoch.value > epoch && s.controller(epoch).get('phase') !== 'gone',
    leadsTo: (s, epoch) => s.controller(epoch).get('phase') === 'gone',
  })
  .reachable('decisionOverrun', {
    about:
      'A leader writes between the controller reading and writing, so that the controller must decide anew',
    applies: (p) => p.shrinks > 0 && p.isrWrites === 'znode' && p.crashes + p.cleanStops > 0,
    when: (s, p) =>
      epochsOf(p).some((epoch) => {
        const [task] = s.controller(epoch).get('tasks');
        if (task === undefined || !('seen' in task) || task.seen === null) return false;
        return s.partitionNode(task.partition).value?.partitionEpoch !== task.seen.partitionEpoch;
      }),
  })
  .reachable('twoControllersWork', {
    about: 'A controller is in the middle of its work while its successor is in the middle of its own',
    applies: (p) => p.failovers > 0 && p.crashes + p.cleanStops > 1,
    when: (s, p) => epochsOf(p).filter((epoch) => s.controller(epoch).get('tasks').length > 0).length > 1,
  });
