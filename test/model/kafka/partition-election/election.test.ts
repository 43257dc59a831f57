import { describe, expect, test } from 'vitest';
import { assignmentOf, reassignTo } from '../../../../model/kafka/partition-election/assignment.ts';
import { type ElectionInput, electLeader } from '../../../../model/kafka/partition-election/election.ts';

// Facts of Kafka's PartitionLeaderElectionAlgorithmsTest and PartitionStateMachineTest.

const input = (strategy: ElectionInput['strategy'], fields: Partial<ElectionInput> = {}): ElectionInput => ({
  strategy,
  assignment: assignmentOf([2, 4]),
  isr: [2, 4],
  live: [2, 4],
  shuttingDown: [],
  unclean: false,
  ...fields,
});

test.each<[string, ElectionInput, number | undefined]>([
  ['E1 offline: the live member of the ISR', input('offline', { live: [4] }), 4],
  ['E3 offline: unclean where that is allowed', input('offline', { isr: [2], live: [4], unclean: true }), 4],
  ['E5 reassign: nobody is live', input('reassign', { isr: [2], live: [] }), undefined],
  ['E7 preferred: the first assigned', input('preferred'), 2],
  ['E9 preferred: not in the ISR', input('preferred', { isr: [4] }), undefined],
  ['E11 controlled shutdown: another one', input('controlledShutdown', { live: [4], shuttingDown: [2] }), 4],
  [
    'E13 controlled shutdown: all stop',
    input('controlledShutdown', { live: [], shuttingDown: [2, 4] }),
    undefined,
  ],
])('%s', (_fact, given, leader) => {
  expect(electLeader(given)?.leader).toBe(leader);
});

describe('the ISR and whom to tell', () => {
  test('offline: the ISR keeps its live members, the live replicas are told', () => {
    const elected = electLeader(
      input('offline', { assignment: assignmentOf([1, 2, 3, 4]), isr: [1, 2, 3], live: [2, 4] }),
    );
    expect(elected).toEqual({ leader: 2, isr: [2], recipients: [2, 4], unclean: false });
  });

  test('P13 offline, forced unclean: AR [6, 5], ISR [6], 5 is live: 5 leads with ISR [5], and is told', () => {
    const given = input('offline', { assignment: assignmentOf([6, 5]), isr: [6], live: [5], unclean: true });
    expect(electLeader(given)).toEqual({ leader: 5, isr: [5], recipients: [5], unclean: true });
  });

  test('a live member of the ISR that is not assigned is not electable, and rules out an unclean election', () => {
    const given = input('offline', {
      assignment: assignmentOf([6, 5]),
      isr: [6, 7],
      live: [5, 7],
      unclean: true,
    });
    expect(electLeader(given)).toBeUndefined();
  });

  test('reassign: among the targets, the ISR stays, the targets are told, live or not', () => {
    const assignment = reassignTo(assignmentOf([1, 2]), [3, 4]);
    const elected = electLeader(input('reassign', { assignment, isr: [1, 3, 4], live: [1, 4] }));
    expect(elected).toEqual({ leader: 4, isr: [1, 3, 4], recipients: [3, 4], unclean: false });
  });

  test('preferred: the ISR stays with its dead members, all assigned are told', () => {
    const elected = electLeader(input('preferred', { live: [2] }));
    expect(elected).toEqual({ leader: 2, isr: [2, 4], recipients: [2, 4], unclean: false });
  });

  test('controlled shutdown: all that are about to stop leave the ISR, dead members stay', () => {
    const assignment = assignmentOf([1, 2, 3, 4]);
    const given = input('controlledShutdown', {
      assignment,
      isr: [1, 2, 3, 4],
      live: [3],
      shuttingDown: [1, 2],
    });
    expect(electLeader(given)).toEqual({ leader: 3, isr: [3, 4], recipients: [1, 2, 3], unclean: false });
  });
});
