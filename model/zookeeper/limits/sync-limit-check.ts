import { z } from 'zod';
import type { MutantsOf } from '../../../checker/language/index.ts';
import type { LimitParams } from './params.ts';

const Proposal = z.strictObject({
  /** How many proposals without an ACK were sent to this learner before it. */
  ahead: z.int().min(0),
  /** Ticks since it was sent. */
  age: z.int().min(0),
});

/** LearnerHandler.SyncLimitCheck: it follows one proposal, and knows the latest one, to be followed next. */
export const SyncLimitCheck = z.strictObject({ current: Proposal.nullable(), next: Proposal.nullable() });
export type SyncLimitCheck = Readonly<z.output<typeof SyncLimitCheck>>;

export const nothingSent: SyncLimitCheck = { current: null, next: null };

/** A proposal is sent behind `ahead` others. Of those after the one that is followed, only the latest is known. */
export function updateProposal(check: SyncLimitCheck, ahead: number): SyncLimitCheck {
  const sent = { ahead, age: 0 };
  return check.current === null ? { current: sent, next: null } : { ...check, next: sent };
}

/** The learner has acknowledged the oldest proposal. */
export function updateAck({ current, next }: SyncLimitCheck): SyncLimitCheck {
  const moved = (one: typeof current): typeof current => one && { ...one, ahead: one.ahead - 1 };
  if (current?.ahead === 0) return { current: moved(next), next: null };
  return { current: moved(current), next: moved(next) };
}

export function aged({ current, next }: SyncLimitCheck): SyncLimitCheck {
  const older = (one: typeof current): typeof current => one && { ...one, age: one.age + 1 };
  return { current: older(current), next: older(next) };
}

/** Whether the learner may stay: asked twice a tick, before a PING is sent. Answered PINGs do not help. */
export const withinSyncLimit = ({ current }: SyncLimitCheck, syncLimit: number): boolean =>
  current === null || current.age < syncLimit;

export const withinSyncLimitMutants: MutantsOf<typeof withinSyncLimit, LimitParams> = {
  pingsSuffice: {
    about: 'A learner that answers PINGs may stay, whatever it leaves unacknowledged',
    rule: () => true,
    at: { start: 'serving', burst: 3, slow: 1 },
  },
};
