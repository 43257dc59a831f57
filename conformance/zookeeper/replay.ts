import type { Notification } from '../../model/zookeeper/election/notification.ts';
import { receiverThread } from '../../model/zookeeper/election/receive.ts';
import type { CurrentVote, ServerState } from '../../model/zookeeper/election/vote.ts';
import { type Event, type MainSaying, type ReceiverSaying, type Send, threadOf } from './event.ts';
import { withAnyHiddenSteps, withHiddenSteps } from './hidden-steps.ts';
import { incarnationsOf } from './incarnation.ts';
import { afterSaying, says } from './matching.ts';
import type { ServerLog } from './server-log.ts';
import { wordingOf, wordingOfWorld } from './wording.ts';
import { type Ahead, peerOf, type Setting, startedWorld, type World, Worlds } from './world.ts';

/** A line that no way through the rules leads to. */
export interface Contradiction {
  readonly line: number;
  readonly time: number;
  readonly text: string;
  /** What the rules allow there instead. */
  readonly expected: readonly string[];
  /** How the server stood before the line. */
  readonly situation: string;
}

/** A notification that a server sent, or may have sent without a line in its log. */
export interface Sent {
  readonly to: number;
  readonly n: Notification;
  /** Answers of servers out of election carry an epoch that may have been raised since (QuorumPeer.updateElectionVote). */
  readonly epochMayBeHigher: boolean;
}

/** What a server tells a non-voter when asked, at some time. */
export interface Reportable {
  readonly state: ServerState;
  readonly currentVote: CurrentVote;
  readonly logicalclock: number;
}

export interface ServerReplay {
  readonly sid: number;
  readonly incarnations: number;
  /** Lines that the rules explain, by kind. */
  readonly checked: ReadonlyMap<Event['type'], number>;
  /** Lines that were not looked at: before the first start of a process, or after a reconfiguration. */
  readonly skipped: number;
  readonly contradiction: Contradiction | null;
  readonly sent: readonly Sent[];
  readonly reportable: readonly Reportable[];
}

/** Replays one server's log through the rules, up to the first line that they cannot explain. */
export function replayServer(log: ServerLog, setting: Setting): ServerReplay {
  const { incarnations, skipped } = incarnationsOf(log);
  const replay = new Replay(setting);
  let contradiction: Contradiction | null = null;
  for (const incarnation of incarnations) {
    let worlds: readonly World[] = [startedWorld(setting, incarnation.start)];
    for (const { event, ahead } of incarnation.events) {
      const next = replay.step(worlds, event, ahead);
      if (next.length === 0) contradiction = contradictionAt(worlds, event, ahead, setting);
      if (contradiction !== null) break;
      worlds = next;
    }
    if (contradiction !== null) break;
  }
  return {
    sid: log.sid,
    incarnations: incarnations.length,
    checked: replay.checked,
    skipped,
    contradiction,
    sent: replay.sent,
    reportable: [...replay.reportable.values()],
  };
}

class Replay {
  readonly checked = new Map<Event['type'], number>();
  readonly sent: Sent[] = [];
  readonly reportable = new Map<string, Reportable>();
  readonly #setting: Setting;

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  /** The worlds after a line; none if it contradicts the rules. */
  step(worlds: readonly World[], event: Event<MainSaying | ReceiverSaying>, ahead: Ahead): readonly World[] {
    const before = withHiddenSteps(worlds, this.#setting, ahead);
    this.#noteUnlogged(before);
    const after = new Worlds(before.flatMap((world) => afterEvent(world, event))).all;
    if (after.length === 0) return after;
    this.checked.set(event.type, (this.checked.get(event.type) ?? 0) + 1);
    this.#noteSent(before, event);
    return after;
  }

  #noteSent(before: readonly World[], event: Event<MainSaying | ReceiverSaying>): void {
    if (event.type === 'send')
      this.sent.push({ to: event.to, n: notificationOf(event), epochMayBeHigher: false });
    if (event.type !== 'answer') return;
    // The state is read once more for the message itself, and may have changed since.
    const states = new Set(before.map(({ server }) => server.state));
    for (const { answering } of before) {
      if (answering === null) continue;
      for (const state of states.add(answering.reply.state)) {
        this.sent.push({ to: answering.to, n: { ...answering.reply, state }, epochMayBeHigher: true });
      }
    }
  }

  /** What is sent without a line: answers to LOOKING voters of a lower round, and to non-voters. */
  #noteUnlogged(before: readonly World[]): void {
    for (const world of before) {
      const { state, currentVote, logicalclock } = world.server;
      const reportable = { state, currentVote, logicalclock };
      this.reportable.set(JSON.stringify(reportable), reportable);
      if (world.receiving === null) continue;
      const { from, n } = world.receiving;
      const { enqueue, reply } = receiverThread(world.server, from, n, peerOf(world, this.#setting));
      if (!enqueue || reply === null) continue;
      // Round and proposal are read one after the other, and the election may change both in between.
      for (const { server } of before)
        this.sent.push({ to: from, n: { ...reply, ...server.proposal }, epochMayBeHigher: false });
    }
  }
}

const notificationOf = ({ leader, zxid, round, peerEpoch }: Event<Send>): Notification => ({
  state: 'LOOKING',
  leader,
  zxid,
  electionEpoch: round,
  peerEpoch,
});

/** The world after one of its threads printed the line: one world, or none if it cannot. */
function afterEvent(world: World, event: Event<MainSaying | ReceiverSaying>): readonly World[] {
  switch (event.type) {
    case 'received': {
      if (world.receiving !== null || world.answering !== null) return [];
      const { from, notification: n } = event;
      return [{ ...world, receiving: { from, n, whileLooking: world.server.state === 'LOOKING' } }];
    }
    case 'answer': {
      const { answering } = world;
      const { to, leader, zxid } = event;
      const said = answering?.to === to && answering.reply.leader === leader && answering.reply.zxid === zxid;
      return said ? [{ ...world, answering: null }] : [];
    }
    default: {
      const [head] = world.script;
      return head !== undefined && says(head, event)
        ? [{ ...world, script: afterSaying(world.script, event) }]
        : [];
    }
  }
}

function contradictionAt(
  worlds: readonly World[],
  event: Event<MainSaying | ReceiverSaying>,
  ahead: Ahead,
  setting: Setting,
): Contradiction {
  const { line, time, text } = event;
  const possible = withAnyHiddenSteps(worlds, setting, ahead);
  const wordings = possible.flatMap((world) => {
    if (threadOf(event) === 'receiver') {
      const { answering } = world;
      if (answering === null) return [];
      return [
        `Sending new notification to ${answering.to}: leader ${answering.reply.leader}, zxid ${answering.reply.zxid}`,
      ];
    }
    const [head] = world.script;
    return head === undefined || (head.kind !== 'say' && head.kind !== 'broadcast') ? [] : [wordingOf(head)];
  });
  const expected = [...new Set(wordings)].sort();
  const [world] = worlds;
  return { line, time, text, expected, situation: world === undefined ? '' : wordingOfWorld(world) };
}
