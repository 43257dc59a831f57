import type { Change } from '../../../checker/language/index.ts';
import { brokerChange } from '../partition-election/broker-change.ts';
import type { ControllerParams } from './params.ts';
import type { ControllerRules } from './rules.ts';

/** Historic bugs and designs of the controller, and what would repair what Kafka has left as it is. */
export const controllerChanges: Readonly<Record<string, Change<ControllerParams, ControllerRules>>> = {
  unfencedWrites: {
    about: 'A controller writes to ZooKeeper without a look at the controller epoch',
    source: 'KAFKA-6082, repaired in 2.1',
    rules: { fencedWrite: (_, op) => [op] },
    breaks: ['noStaleWrite'],
  },
  requestsOfAnyController: {
    about: 'A broker obeys controllers of any epoch',
    source: 'seeded; ReplicaManager.becomeLeaderOrFollower',
    rules: { isStaleControllerEpoch: () => false },
    breaks: ['controllerEpochAdopted'],
  },
  requestsToAnyIncarnation: {
    about: 'A broker that has started again obeys what was meant for the one that it was',
    source: 'KIP-380 (KAFKA-7235), repaired in 2.2',
    rules: {
      isStaleBrokerEpoch: () => false,
      brokerChange: (known, now) => ({ ...brokerChange(known, now), bounced: [] }),
    },
    breaks: ['incarnationSafe'],
    at: { expiries: 0, operatorDeletes: 0, crashes: 1 },
  },
};
