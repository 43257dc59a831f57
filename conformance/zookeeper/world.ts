import type { Peer } from '../../model/zookeeper/election/ensemble.ts';
import type { Notification } from '../../model/zookeeper/election/notification.ts';
import type { FleRules } from '../../model/zookeeper/election/rules.ts';
import { type ElectionServer, startedServer } from '../../model/zookeeper/election/server.ts';
import type { Event, MainSaying, ReceiverSaying, Send } from './event.ts';
import { type Message, type Step, sayRole } from './narration.ts';

/**
 * One way in which things may stand in a server, as far as its log tells. Two threads write the log and share the server's
 * state, so that there may be several at a time; a line leaves those that can print it.
 */
export interface World {
  readonly server: ElectionServer;
  /** The zxid and epoch of this election's first vote; and whether they are those that the process started with. */
  readonly lastZxid: number;
  readonly currentEpoch: number;
  readonly started: boolean;
  /** FastLeaderElection.recvqueue. */
  readonly queue: readonly Message[];
  /** Printed by the receiver thread, which has not yet looked whether the server is LOOKING; it was when that was printed. */
  readonly receiving: (Message & { readonly whileLooking: boolean }) | null;
  /** What the receiver thread is about to answer. */
  readonly answering: { readonly to: number; readonly reply: Notification } | null;
  /** What the election thread is about to do and say. */
  readonly script: readonly Step[];
}

/** What does not change while a server's log is replayed. */
export interface Setting {
  readonly peer: Pick<Peer, 'sid' | 'learnerType' | 'verifiers'>;
  readonly rules: FleRules;
  /** Whether the release that wrote the logs speaks of oracles (since 3.7). */
  readonly tellsOracle: boolean;
}

/** The next line of each thread before the incarnation ends; undefined where it prints none. */
export interface Ahead {
  readonly main: Event<MainSaying> | undefined;
  readonly receiver: Event<ReceiverSaying> | undefined;
  /** The next notification that the election thread sends. */
  readonly send: Event<Send> | undefined;
}

/** What a process starts with: the zxid of the database that it loads and its current epoch. */
export interface StartValues {
  readonly lastZxid: number;
  readonly currentEpoch: number;
}

export function startedWorld(setting: Setting, values: StartValues): World {
  const server = startedServer({ sid: setting.peer.sid, ...values });
  return {
    server,
    ...values,
    started: true,
    queue: [],
    receiving: null,
    answering: null,
    script: [sayRole(server)],
  };
}

export const peerOf = (world: World, setting: Setting): Peer => ({
  ...setting.peer,
  lastZxid: world.lastZxid,
  currentEpoch: world.currentEpoch,
});

/** Worlds without repetition. Their fields are always made in the same order, so equal worlds have equal texts. */
export class Worlds {
  readonly #byText = new Map<string, World>();

  constructor(worlds: Iterable<World> = []) {
    for (const world of worlds) this.add(world);
  }

  /** Whether the world is new. */
  add(world: World): boolean {
    const text = JSON.stringify(world);
    if (this.#byText.has(text)) return false;
    this.#byText.set(text, world);
    return true;
  }

  get all(): readonly World[] {
    return [...this.#byText.values()];
  }
}
