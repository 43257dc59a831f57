import type { Broker, FetchRequest, FetchResponse } from './components.ts';

export const braces = (ids: readonly number[]): string => `{${ids.join(', ')}}`;

export function describeRequest(follower: number, request: FetchRequest | undefined): string {
  if (request === undefined) return `${follower}`;
  if (request.kind === 'epoch') return `${follower}, which asks where epoch ${request.epoch} ends`;
  return `${follower}, which fetches at ${request.fetchOffset} in epoch ${request.currentLeaderEpoch}`;
}

export function describeAnswer(answer: FetchResponse | undefined): string {
  switch (answer?.kind) {
    case 'records': {
      const ids = answer.records.map(({ id }) => id);
      const what = ids.length === 0 ? 'nothing new' : `record ${ids.join(', ')}`;
      return `${what}, high watermark ${answer.highWatermark}`;
    }
    case 'diverging':
      return `the logs differ, epoch ${answer.end.epoch} ends at ${answer.end.endOffset}`;
    case 'outOfRange':
      return `the log ends at ${answer.logEndOffset}`;
    case 'epochEnd':
      return answer.end === null
        ? 'it does not know'
        : `epoch ${answer.end.epoch} ends at ${answer.end.endOffset}`;
    default:
      return 'nothing';
  }
}

export function describeRole(id: number, broker: Broker): string {
  const { leader, leaderEpoch, isr } = broker;
  if (leader === id) return `leads in epoch ${leaderEpoch}, ISR ${braces(isr)}`;
  return leader === null
    ? `follows nobody in epoch ${leaderEpoch}`
    : `follows ${leader} in epoch ${leaderEpoch}`;
}
