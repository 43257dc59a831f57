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
