import type { Change } from '../../../../checker/language/index.ts';
import type { PartitionElectionParams } from '../params.ts';
import type { PartitionElectionRules } from '../partition-election-rules.ts';

export type PartitionElectionChange = Change<PartitionElectionParams, PartitionElectionRules>;

/** No fault at all; a change adds those that it needs. */
export const calm = { crashes: 0, shrinks: 0, failovers: 0 };
