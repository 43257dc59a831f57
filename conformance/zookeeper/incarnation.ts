import {
  type Event,
  type MainSaying,
  type ReceiverSaying,
  type Saying,
  type Send,
  threadOf,
} from './event.ts';
import type { ServerLog } from './server-log.ts';
import type { Ahead, StartValues } from './world.ts';

/** One life of a process: its lines, each with what every thread prints from there on. */
export interface Incarnation {
  readonly start: StartValues;
  readonly events: readonly { readonly event: Event<MainSaying | ReceiverSaying>; readonly ahead: Ahead }[];
}

/**
 * The lives of a server. What the log holds before the first start is skipped, since nothing is known of the server then; so is
 * what follows a reconfiguration, up to the next start.
 */
export function incarnationsOf(log: ServerLog): {
  readonly incarnations: readonly Incarnation[];
  readonly skipped: number;
} {
  const lives: Event[][] = [];
  let skipped = 0;
  let live: Event[] | undefined;
  for (const event of log.events) {
    if (event.type === 'boot') {
      live = [];
      lives.push(live);
    } else if (event.type === 'reconfigured') live = undefined;
    else if (live !== undefined) live.push(event);
    else skipped += 1;
  }
  return { incarnations: lives.map(incarnation), skipped };
}

function incarnation(events: readonly Event[]): Incarnation {
  let ahead: Ahead = { main: undefined, receiver: undefined, send: undefined };
  const replayed = events
    .toReversed()
    .flatMap((event) => {
      if (isMain(event)) ahead = { ...ahead, main: event, ...(isSend(event) ? { send: event } : {}) };
      else if (isReceiver(event)) ahead = { ...ahead, receiver: event };
      else return [];
      return [{ event, ahead }];
    })
    .toReversed();
  return { start: startValues(events), events: replayed };
}

const isMain = (event: Event): event is Event<MainSaying> => threadOf(event) === 'main';
const isReceiver = (event: Event): event is Event<ReceiverSaying> => threadOf(event) === 'receiver';
const isSend = (event: Event<Saying>): event is Event<Send> => event.type === 'send';

/** The zxid that the process loaded before its first election, and the epoch of its first notification. */
function startValues(events: readonly Event[]): StartValues {
  const first = events.find((event) => event.type === 'loaded' || event.type === 'update');
  return {
    lastZxid: first?.zxid ?? 0,
    currentEpoch: events.find(isSend)?.peerEpoch ?? 0,
  };
}
