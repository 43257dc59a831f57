import zabImplementation from '../invariants/zookeeper/zab-implementation.ts';

/** What `fencepost check` is called with. */
export interface Search {
  readonly name: string;
  readonly args: readonly string[];
  /** Resource managers of the twin in Promela. */
  readonly twin?: number;
}

const set = (values: Readonly<Record<string, string | number>>): string[] =>
  Object.entries(values).flatMap(([name, value]) => ['--set', `${name}=${value}`]);

/** Safety alone: what liveness costs is bench/liveness.ts. */
const safety = zabImplementation.properties
  .filter(({ kind }) => kind !== 'temporal')
  .flatMap(({ name }) => ['--property', name]);

const twoPhaseCommit = (managers: number): Search => ({
  name: `two-phase commit, ${managers} resource managers`,
  args: ['examples/two-phase-commit', ...set({ resourceManagers: managers })],
  twin: managers,
});

export const searches: readonly Search[] = [
  twoPhaseCommit(7),
  twoPhaseCommit(9),
  { name: 'Lamport mutex, clock up to 6', args: ['examples/lamport-mutex', ...set({ clock: 6 })] },
  {
    name: 'FLE, established, one crash',
    args: ['zookeeper/election', ...set({ start: 'established', crashes: 1 })],
  },
  { name: 'FLE, queue of two', args: ['zookeeper/election', ...set({ queue: 2 })] },
  { name: 'FLE, all interleavings of its threads', args: ['zookeeper/election', ...set({ queue: 99 })] },
  { name: 'Zab implementation', args: ['zookeeper/zab-implementation', ...safety] },
  {
    name: 'Zab implementation, 2 transactions, stopped',
    args: [
      'zookeeper/zab-implementation',
      ...safety,
      ...set({ transactions: 2 }),
      '--states',
      '1500000',
      '--all',
    ],
  },
  {
    name: 'replication-abstract, KIP-320, 3 2 2 2',
    args: ['kafka/replication-abstract', ...set({ replicas: 3, logSize: 2, records: 2, maxLeaderEpoch: 2 })],
  },
];

export const firstCounterexamples: readonly (readonly string[])[] = [
  ['zookeeper/election', '--with', 'roundIgnored', ...set({ start: 'established', giveUps: 1 })],
  ['zookeeper/election', '--with', 'finalizeWithoutComparing', ...set({ finalizeWait: 'quiet' })],
  ['zookeeper/election', '--with', 'endsWhenAllHaveVoted'],
];
