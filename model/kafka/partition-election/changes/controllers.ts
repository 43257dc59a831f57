import { answerAlterPartition } from '../alter-partition.ts';
import { calm, type PartitionElectionChange } from './change.ts';

/** What stops a controller that is none any more, and what its successor has to do. */
export const controllerChanges: Readonly<Record<string, PartitionElectionChange>> = {
  unfencedControllerWrites: {
    about: 'ZooKeeper takes the writes of a controller that has a successor',
    source: 'KAFKA-6082',
    rules: { isCurrentController: () => true },
    breaks: ['staleControllerWritesNothing', 'isServed'],
    at: { ...calm, brokers: 2, crashes: 1, failovers: 1 },
  },
  refusedWriteRetried: {
    about:
      'A controller takes a write that is refused for a conflict, and tries again: it never comes to the news that it has a successor',
    source: 'seeded; ControllerMovedException in KafkaZkClient.updateLeaderAndIsr',
    rules: { resignsWhenRefused: false },
    breaks: ['staleControllerResigns'],
    at: { ...calm, brokers: 2, crashes: 1, failovers: 1 },
  },
  ownNodeSuffices: {
    about:
      'A broker that finds its own id in /controller, and has not heard that it is elected, leaves it at that',
    source: 'KAFKA-13407',
    rules: { takesOverOwnNode: false },
    breaks: ['someControllerActs'],
    at: { ...calm, brokers: 2, failovers: 1, lostReplies: 1 },
  },
  failoverWithoutResending: {
    about:
      'A controller that takes over does not tell the brokers what it finds; what its predecessor had yet to send is lost',
    source: 'ReplicaStateMachine.startup; KAFKA-2729 (Cached zkVersion)',
    rules: { resendsAtFailover: false },
    breaks: ['isServed', 'everyoneInSync'],
    at: { ...calm, brokers: 2, crashes: 1, failovers: 1 },
  },
  metadataAfterLeaders: {
    about: 'A controller that takes over tells the brokers who leads before it tells them who lives',
    source: 'KAFKA-4443',
    rules: { metadataFirst: false },
    breaks: ['everyoneInSync'],
    at: { ...calm, brokers: 2, crashes: 1, failovers: 1, updateMetadata: true },
  },
  requestsLost: {
    about: 'A request whose connection breaks is not sent again',
    source: 'ControllerChannelManager before it retried (RequestSendThread)',
    rules: { retriesRequests: false },
    set: { sendErrors: 1 },
    breaks: ['isServed', 'everyoneInSync'],
    at: { ...calm, brokers: 2, crashes: 1 },
  },
  earlierControllerObeyed: {
    about:
      'Brokers obey a controller that has a successor: leader epochs fence its LeaderAndIsr all the same, nothing its UpdateMetadata',
    source: 'ReplicaManager.becomeLeaderOrFollower and maybeUpdateMetadataCache without their first check',
    rules: { isStaleControllerEpoch: () => false },
    breaks: ['everyoneInSync'],
    keeps: ['oneLeaderPerEpoch', 'isServed'],
    at: { ...calm, brokers: 2, crashes: 1, failovers: 1, updateMetadata: true },
  },
  staleControllerAnswersFenced: {
    about:
      'A controller that is behind refuses a newer leader for good, instead of telling it to ask another',
    source: 'KAFKA-14154',
    rules: {
      answerAlterPartition: (request, view) => {
        const answer = answerAlterPartition(request, view);
        const known = view.partition;
        if (answer !== 'NOT_CONTROLLER' || known === undefined) return answer;
        return request.leaderEpoch > known.leaderEpoch ? 'FENCED_LEADER_EPOCH' : 'INVALID_UPDATE_VERSION';
      },
    },
    breaks: ['everyoneInSync'],
    at: { ...calm, brokers: 2, crashes: 1, failovers: 1, isrWrites: 'alterPartition' },
  },
};
