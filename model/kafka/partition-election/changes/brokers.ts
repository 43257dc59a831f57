import { answerAlterPartition } from '../alter-partition.ts';
import { brokerChange } from '../broker-change.ts';
import { calm, type PartitionElectionChange } from './change.ts';

/** How brokers are known and told apart: their incarnations, and those about to stop. */
export const brokerChanges: Readonly<Record<string, PartitionElectionChange>> = {
  earlierIncarnationObeyed: {
    about: 'A broker obeys what was sent to it before it restarted',
    source: 'KIP-380 (KAFKA-7235)',
    rules: { isStaleBrokerEpoch: () => false },
    breaks: ['earlierIncarnationIgnored'],
    at: { ...calm, brokers: 2, crashes: 2 },
  },
  bouncesMissed: {
    about: 'The controller sees only which brokers are registered, so that a quick restart escapes it',
    source: 'KAFKA-1120, KAFKA-5845; KIP-380',
    rules: { brokerChange: (known, now) => ({ ...brokerChange(known, now), bounced: [] }) },
    breaks: ['isServed'],
    at: { ...calm, brokers: 1, crashes: 1 },
  },
  brokerEpochMustMatch: {
    about: 'A broker refuses a request to a later incarnation of it than it has heard of',
    source: 'KAFKA-9839',
    rules: { isStaleBrokerEpoch: (own, requested) => requested !== own },
    breaks: ['isServed'],
    at: { ...calm, brokers: 1, expiries: 1, isrWrites: 'alterPartition' },
  },
  leavingBrokerJoins: {
    about: 'The controller lets a broker into the ISR that is about to stop',
    source: 'KIP-841 (KAFKA-13916, KAFKA-14140)',
    rules: {
      answerAlterPartition: (request, view) => answerAlterPartition(request, { ...view, live: request.isr }),
    },
    breaks: ['noneJoinsWhileLeaving'],
    at: { ...calm, brokers: 2, shrinks: 1, cleanStops: 1, isrWrites: 'alterPartition' },
  },
  leavingBrokerIneligible: {
    about:
      'A leader must ask for a change of the ISR: it does not know who is about to stop, and the controller does',
    source: 'KIP-841 (KAFKA-14140), with KIP-497; Partition.isReplicaIsrEligible does not look',
    set: { isrWrites: 'alterPartition' },
    repairs: ['noneJoinsWhileLeaving'],
    keeps: ['isServed', 'everyoneInSync'],
    at: { ...calm, brokers: 2, shrinks: 1, cleanStops: 1, beyondPromise: true },
  },
};
