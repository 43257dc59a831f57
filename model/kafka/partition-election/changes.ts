import type { Change } from '../../../checker/language/index.ts';
import type { PartitionElectionParams } from './params.ts';
import type { PartitionElectionRules } from './partition-election-rules.ts';

export const partitionElectionChanges: Readonly<
  Record<string, Change<PartitionElectionParams, PartitionElectionRules>>
> = {};
