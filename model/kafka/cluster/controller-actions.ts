import type { Update } from '../../../checker/language/index.ts';
import { ANY_VERSION } from '../../zookeeper/store/tree.ts';
import { isActive, show } from '../controller/components.ts';
import { maybeResign } from '../controller/resignation.ts';
import { canAsk } from '../controller/steps.ts';
import { PARTITION_STATE } from '../controller/znodes.ts';
import { commit } from '../controller/zookeeper.ts';
import type { Registration } from '../partition-election/broker-change.ts';
import { brokersOf } from '../replication/params.ts';
import type { ClusterView, PartitionState, StateMachine } from './components.ts';
import type { ClusterParams } from './params.ts';
import type { ClusterRules } from './rules.ts';
import { nextDuty } from './state-machine.ts';

/** What the controller has in hand in this epoch of its; undefined when it is none, or busy with an event. */
export function inHand(s: ClusterView, id: number, rules: ClusterRules): StateMachine | undefined {
  const controller = s.controller(id).value;
  const { epoch } = controller;
  if (!isActive(controller, id) || epoch === 0 || controller.step.at !== 'idle' || !canAsk(s, id)) return;
  const state = s.stateMachine(id).value;
  return state.epoch === epoch
    ? state
    : { epoch, handled: rules.toldBefore(controller.brokers), decision: null };
}

/** LeaderAndIsr to all of these that have a replica. */
function tell(
  s: ClusterView,
  id: number,
  epoch: number,
  brokers: readonly Registration[],
  { leader, leaderEpoch, isr, partitionEpoch }: PartitionState,
  p: ClusterParams,
): readonly Update[] {
  return brokers
    .filter((to) => brokersOf(p).includes(to.id))
    .map((to) =>
      s.request(id, to.id).send({
        kind: 'LeaderAndIsr',
        controllerEpoch: epoch,
        brokerEpoch: to.brokerEpoch,
        leader,
        leaderEpoch,
        isr,
        partitionEpoch,
      }),
    );
}

/** Reads the partition's znode, and decides or tells. */
export function readPartition(
  s: ClusterView,
  id: number,
  p: ClusterParams,
  rules: ClusterRules,
): Update[] | undefined {
  const state = inHand(s, id, rules);
  if (state === undefined || state.decision !== null) return;
  const { brokers, epoch } = s.controller(id).value;
  const duty = nextDuty(s.partition.value, state.handled, brokers, epoch, p, rules);
  if (duty === undefined) return;
  if (duty.kind === 'decide') {
    return [s.stateMachine(id).set({ ...state, decision: { next: duty.next, left: duty.left } })];
  }
  const told = tell(s, id, epoch, duty.brokers, s.partition.value, p);
  return [s.stateMachine(id).set({ ...state, handled: brokers }), ...told];
}

/**
 * Writes the decision, if the controller epoch is still its own and the znode the one that it has read; then tells all brokers. Whoever is
 * refused for the epoch looks who the controller is, and resigns.
 */
export function writeDecision(
  s: ClusterView,
  id: number,
  p: ClusterParams,
  rules: ClusterRules,
): { readonly answer: 'done' | 'REFUSED' | 'reads again'; readonly updates: readonly Update[] } | undefined {
  const state = inHand(s, id, rules);
  if (state === undefined || state.decision === null) return;
  const { next, left } = state.decision;
  const { brokers, epoch, epochZkVersion } = s.controller(id).value;
  const version = rules.decisionVersion(next.partitionEpoch - 1);
  const ops = rules.fencedWrite(epochZkVersion, {
    kind: 'setData',
    path: PARTITION_STATE,
    data: next,
    version,
  });
  const { code } = commit(s, s.session(id).value, ops.slice(0, -1)); // the partition's own znode is `partition`
  const decided = s.stateMachine(id).set({ ...state, decision: null });
  if (code !== 'OK') {
    return { answer: 'REFUSED', updates: [decided, ...maybeResign(s, id, p, rules, { at: 'idle' })] };
  }
  const { partitionEpoch } = s.partition.value;
  if (version !== ANY_VERSION && version !== partitionEpoch)
    return { answer: 'reads again', updates: [decided] };
  const written = { ...next, partitionEpoch: partitionEpoch + 1 };
  const handled = state.handled.filter((broker) => broker.id !== left);
  return {
    answer: 'done',
    updates: [
      s.partition.set(written),
      s.stateMachine(id).set({ ...state, handled, decision: null }),
      s.shown.apply(show, { leader: next.leader, leaderEpoch: next.leaderEpoch }),
      ...tell(s, id, epoch, brokers, written, p),
    ],
  };
}
