import { describe, expect, test } from 'vitest';
import type { ParamsOf, StateOf } from '../../../../checker/language/index.ts';
import promises from '../../../../invariants/kafka/partition-election.ts';
import type { partitionElection } from '../../../../model/kafka/partition-election.ts';
import { explore } from '../../examples/explore.ts';

// Facts of Kafka's ControllerIntegrationTest, as what every run, or some run, of the model comes to.

type View = StateOf<typeof partitionElection>;
const calm = { crashes: 0, shrinks: 0, failovers: 0, brokers: 2 };

/** Nothing is left to do. */
const isQuiet = (s: View, p: ParamsOf<typeof partitionElection>): boolean =>
  s.controller(1).get('tasks').length === 0 &&
  [0, 1].every((id) => s.request(1, id).length === 0 && s.broker(id).get('process') === 'up') &&
  s.controller(1).get('registrations').length === p.brokers;

const summary = (s: View): string => {
  const node = s.partitionNode(0).value;
  return `leader ${node?.leader}, leader epoch ${node?.leaderEpoch}, ISR ${node?.isr.join(' ')}, assigned ${s.assignmentNode(0).value?.replicas.join(' ')}`;
};

/** Whether some run comes to it, and the verdict of a claim about all of its states. */
async function look(
  set: Record<string, unknown>,
  reached: (s: View, p: ParamsOf<typeof partitionElection>) => boolean,
  claim: (s: View, p: ParamsOf<typeof partitionElection>) => true | string = () => true,
) {
  const spec = promises
    .reachable('reached', { when: reached })
    .always('claim', { holds: (s, _, p) => claim(s, p) });
  const { properties: found } = await explore(spec, { set: { ...calm, ...set } });
  const own = found.filter(({ name }) => name === 'reached' || name === 'claim');
  return own.map(({ result }) => result);
}

describe('reassignment of [0] to [1]', () => {
  const reassign = { assignments: [[0]], reassignTo: [1] };

  test('G5 both are live: in the end 1 leads in leader epoch 3', async () => {
    const end = 'leader 1, leader epoch 3, ISR 1, assigned 1';
    const begun = (s: View) => s.assignmentNode(0).value?.replicas.join() !== '0';
    const results = await look(
      reassign,
      (s, p) => isQuiet(s, p) && summary(s) === end,
      (s, p) => {
        const done = begun(s) && isQuiet(s, p) && s.assignmentNode(0).value?.removingReplicas.length === 0;
        return !done || summary(s) === end || summary(s);
      },
    );
    expect(results).toEqual(['reached', 'holds']);
  });

  test('G7 1 is down: 0 leads in leader epoch 1 until it starts, then 1 in leader epoch 4', async () => {
    const waiting = await look(
      { ...reassign, crashes: 1 },
      (s) =>
        s.brokerNode(1).value === null &&
        s.controller(1).get('registrations').length === 1 &&
        summary(s) === 'leader 0, leader epoch 1, ISR 0, assigned 1 0',
    );
    expect(waiting).toEqual(['reached', 'holds']);
    const done = await look(
      { ...reassign, crashes: 1 },
      (s, p) => isQuiet(s, p) && summary(s) === 'leader 1, leader epoch 4, ISR 1, assigned 1',
    );
    expect(done).toEqual(['reached', 'holds']);
  });
});

test('G9 auto rebalance, AR [1, 0]: 1 stops, then 0 leads in leader epoch 1; 1 starts, then it leads in leader epoch 2', async () => {
  const set = { assignments: [[1, 0]], autoLeaderRebalance: true, cleanStops: 1 };
  const stopped = await look(
    set,
    (s) => s.brokerNode(1).value === null && summary(s) === 'leader 0, leader epoch 1, ISR 0, assigned 1 0',
  );
  const started = await look(
    set,
    (s, p) => isQuiet(s, p) && summary(s) === 'leader 1, leader epoch 2, ISR 0 1, assigned 1 0',
  );
  expect([stopped, started]).toEqual([
    ['reached', 'holds'],
    ['reached', 'holds'],
  ]);
});

test('G11 AR [1] alone, unclean elections allowed: when 1 stops there is no leader, and the ISR stays', async () => {
  const results = await look(
    { assignments: [[1]], uncleanLeaderElection: true, cleanStops: 1 },
    (s) => summary(s) === 'leader null, leader epoch 1, ISR 1, assigned 1',
    (s) => s.brokerNode(1).value !== null || s.partitionNode(0).value?.leader !== 0 || '0 leads',
  );
  expect(results).toEqual(['reached', 'holds']);
});
