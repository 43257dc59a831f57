import type { Change } from '../../../checker/language/index.ts';
import type { HerdParams } from './params.ts';
import type { HerdRules } from './rules.ts';

export const herdChanges: Readonly<Record<string, Change<HerdParams, HerdRules>>> = {
  burstOfChildren: {
    about: 'Children come faster than the observer can send the list to all who watch it',
    source: 'reports of operators; in the Java API a child event does not name the child',
    set: { burst: 6, capacity: 20 },
    breaks: ['knowsInTime'],
    keeps: ['allKnow', 'fewReads'],
    fixedBy: 'twoLevels',
  },
  burstOnFastObserver: {
    about: 'An observer that keeps up answers each client for each child',
    source: 'the herd: reads are clients times children',
    set: { burst: 6, capacity: 40 },
    breaks: ['fewReads'],
    keeps: ['knowsInTime'],
  },
  twoLevels: {
    about: 'The children are spread over groups, and each change is in one of them',
    source: 'reports of operators',
    set: { groups: 5 },
    repairs: ['knowsInTime'],
    at: { burst: 6, capacity: 20 },
  },
  delayedReads: {
    about: 'A client waits before it reads again, so that one read covers several changes',
    source: 'reports of operators: a random hold before the read',
    set: { hold: 2 },
    repairs: ['fewReads'],
    keeps: ['knowsInTime'],
    at: { burst: 6, capacity: 20, groups: 5 },
  },
};
