import type { Event, MainSaying } from './event.ts';
import type { Step } from './narration.ts';

/** Whether a line of the election thread is what this step prints. */
export function says(step: Step, event: Event<MainSaying>): boolean {
  if (step.kind === 'broadcast')
    return event.type === 'send' && agrees(step.send, event) && step.to.includes(event.to);
  return step.kind === 'say' && agrees(step.saying, event);
}

/** What is left of a script after one of its lines was printed: a broadcast goes on until every recipient had its own. */
export function afterSaying(script: readonly Step[], event: Event<MainSaying>): readonly Step[] {
  const [head, ...rest] = script;
  if (head?.kind !== 'broadcast' || event.type !== 'send') return rest;
  const to = head.to.filter((sid) => sid !== event.to);
  return to.length === 0 ? rest : [{ ...head, to }, ...rest];
}

/** Fields that this release does not print agree with anything. */
function agrees(expected: object, event: object): boolean {
  const printed = new Map<string, unknown>(Object.entries(event));
  return Object.entries(expected).every(
    ([field, value]) => !printed.has(field) || printed.get(field) === value,
  );
}
