import type { ReplicationChange } from './changes/change.ts';
import { isrChanges } from './changes/isr.ts';
import { seededChanges } from './changes/seeded.ts';
import { settingChanges } from './changes/settings.ts';
import { truncationChanges } from './changes/truncation.ts';

/** Historic bugs, settings that cost data, and seeded faults. */
export const replicationChanges: Readonly<Record<string, ReplicationChange>> = {
  ...truncationChanges,
  ...isrChanges,
  ...settingChanges,
  ...seededChanges,
};
