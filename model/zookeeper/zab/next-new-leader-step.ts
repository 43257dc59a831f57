import { type EraRules, NewLeaderStep } from './eras.ts';
import type { LearnerRules } from './learner-rules.ts';
import type { LearnerSync } from './learner-sync.ts';

/** A learner on NEWLEADER, with the number of steps that it has made. */
interface OnNewLeader {
  readonly state: string;
  readonly newLeaderSteps: number;
}

const LOGS: ReadonlySet<NewLeaderStep> = new Set(['logCommitted', 'logAll', 'queueAll']);

/** The next step of NEWLEADER, and how many have been made after it. Those that have nothing to do are passed over. */
export function nextNewLeaderStep(
  sync: LearnerSync,
  { state, newLeaderSteps: made }: OnNewLeader,
  rules: EraRules & LearnerRules,
): { readonly step: NewLeaderStep; readonly made: number } {
  const steps = rules.newLeaderSteps;
  const next = steps.findIndex((step, i) => i >= made && isDue(step, sync, state === 'OBSERVING', rules));
  return { step: steps[next] ?? NewLeaderStep.enum.ack, made: next + 1 };
}

function isDue(step: NewLeaderStep, sync: LearnerSync, observes: boolean, rules: LearnerRules): boolean {
  if (step === 'snapshot') return sync.snapshotNeeded;
  if (observes && LOGS.has(step)) return false; // it logs once it is up to date
  if (step === 'logCommitted') return rules.takeCommitted(sync).txns.length > 0;
  if (step === 'logAll' || step === 'queueAll') return sync.packetsNotLogged.length > 0;
  return true;
}
