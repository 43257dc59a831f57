import type { Catalogue } from './changes/catalogue.ts';
import { history } from './changes/history.ts';
import { openDefects } from './changes/open-defects.ts';
import { repairs } from './changes/repairs.ts';
import { seeded } from './changes/seeded.ts';

/** The catalogue of ZooKeeper's broadcast: open defects, repairs that were considered, bugs of earlier releases, seeded faults. */
export const implementationChanges: Catalogue = { ...openDefects, ...repairs, ...history, ...seeded };
