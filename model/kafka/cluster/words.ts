import type { Broker } from '../replication/components.ts';
import { braces, describeRole } from '../replication/words.ts';
import type { LeaderAndIsrRequest } from './components.ts';

/** What a broker makes of a LeaderAndIsr. */
export function toldOf(
  id: number,
  label: string,
  request: LeaderAndIsrRequest | undefined,
  before: Broker,
  after: Broker,
): string {
  if (request === undefined) return `broker ${id} hears nothing`;
  const { controllerEpoch, leader, leaderEpoch, isr } = request;
  const said = `the controller of epoch ${controllerEpoch} (leader ${leader ?? 'nobody'}, epoch ${leaderEpoch}, ISR ${braces(isr)})`;
  if (label === 'REFUSES') return `broker ${id} REFUSES ${said}`;
  if (before.leaderEpoch === after.leaderEpoch) return `broker ${id} hears no news from ${said}`;
  return `broker ${id} obeys ${said}: it ${describeRole(id, after)}`;
}
