import type { MutantsOf } from '../../../checker/language/index.ts';
import type { PartitionElectionParams } from './params.ts';
/** A registration: the znode /brokers/ids/<id> and its czxid, the broker epoch. */
export interface Registration {
  readonly id: number;
  readonly brokerEpoch: number;
}

export interface BrokerChange {
  readonly started: readonly Registration[];
  /** Registered before and now, as another incarnation: it failed and started (KIP-380). */
  readonly bounced: readonly Registration[];
  readonly died: readonly number[];
}

/**
 * KafkaController.processBrokerChange: what is registered now against what the controller knew. It handles the started ones first, then
 * the bounced, then the dead, so that the dead count as live until it comes to them.
 */
export function brokerChange(
  known: readonly Registration[],
  registered: readonly Registration[],
): BrokerChange {
  const before = new Map(known.map(({ id, brokerEpoch }) => [id, brokerEpoch]));
  const now = new Set(registered.map(({ id }) => id));
  return {
    started: registered.filter(({ id }) => !before.has(id)),
    bounced: registered.filter(({ id, brokerEpoch }) => brokerEpoch > (before.get(id) ?? brokerEpoch)),
    died: known.map(({ id }) => id).filter((id) => !now.has(id)),
  };
}

export const brokerChangeMutants: MutantsOf<typeof brokerChange, PartitionElectionParams> = {
  deadOverlooked: {
    about: 'The controller does not notice who is gone',
    rule: (known, registered) => ({ ...brokerChange(known, registered), died: [] }),
    at: { brokers: 2, shrinks: 0, failovers: 0 },
  },
  everyoneBounced: {
    about: 'Every broker that is still registered is taken for restarted',
    rule: (known, registered) => {
      const change = brokerChange(known, registered);
      const stayed = registered.filter(({ id }) => known.some((before) => before.id === id));
      return { ...change, bounced: change.died.length > 0 ? stayed : change.bounced };
    },
    at: { brokers: 2, shrinks: 0, failovers: 0 },
    survives:
      'too many elections, each of them as promised: it costs availability for a while, which nothing here bounds',
  },
};
