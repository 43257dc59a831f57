import {
  finalizePoll,
  finishElection,
  handleNotification,
  pollTimeout,
} from '../../model/zookeeper/election/look-for-leader.ts';
import { receiverThread } from '../../model/zookeeper/election/receive.ts';
import { enterElection, lookAgain, publishVote } from '../../model/zookeeper/election/server.ts';
import { says } from './matching.ts';
import {
  type Message,
  type Step,
  sayBroadcast,
  sayCompare,
  sayEntry,
  sayHandled,
  sayLeaving,
  sayRole,
  sayTimeout,
} from './narration.ts';
import { type Ahead, peerOf, type Setting, type World, Worlds } from './world.ts';

// What a server does without a line in its log, until one of its threads has to print one.

/** All worlds that hidden steps lead to, the given ones included, as far as they can print what the log goes on with. */
export function withHiddenSteps(worlds: readonly World[], setting: Setting, ahead: Ahead): readonly World[] {
  return closure(worlds, (world) => [
    ...receiverSteps(world, setting).filter((next) => receiverMayGoOn(next, ahead)),
    ...mainSteps(world, setting, ahead).filter((next) => mainMayGoOn(next, ahead)),
  ]);
}

/** The same, whatever the log goes on with: to tell what would have been right. */
export const withAnyHiddenSteps = (
  worlds: readonly World[],
  setting: Setting,
  ahead: Ahead,
): readonly World[] =>
  closure(worlds, (world) => [...receiverSteps(world, setting), ...mainSteps(world, setting, ahead)]);

function closure(worlds: readonly World[], steps: (world: World) => readonly World[]): readonly World[] {
  const found = new Worlds();
  const open = worlds.filter((world) => found.add(world));
  for (let world = open.pop(); world !== undefined; world = open.pop()) {
    for (const next of steps(world)) if (found.add(next)) open.push(next);
  }
  return found.all;
}

/** A thread that has something to say must say what the log has next of it; a log that ends may end anywhere. */
function mainMayGoOn(world: World, ahead: Ahead): boolean {
  const next = world.script.find(isSpoken);
  return ahead.main === undefined || next === undefined || says(next, ahead.main);
}

function receiverMayGoOn({ answering }: World, ahead: Ahead): boolean {
  if (ahead.receiver === undefined || answering === null) return true;
  return ahead.receiver.type === 'answer' && ahead.receiver.to === answering.to;
}

const isSpoken = (step: Step): boolean => step.kind === 'say' || step.kind === 'broadcast';

/** The receiver thread looks at the state of the server and passes the message on, answers it or drops it. */
function receiverSteps(world: World, setting: Setting): readonly World[] {
  const { receiving } = world;
  if (receiving === null) return [];
  const { from, n } = receiving;
  const { enqueue, reply } = receiverThread(world.server, from, n, peerOf(world, setting));
  const done = { ...world, receiving: null };
  if (enqueue) return [{ ...done, queue: [...world.queue, { from, n }] }];
  return [reply === null ? done : { ...done, answering: { to: from, reply } }];
}

function mainSteps(world: World, setting: Setting, ahead: Ahead): readonly World[] {
  const [head, ...script] = world.script;
  return head === undefined ? decisions(world, setting, ahead) : effects({ ...world, script }, head);
}

function effects(world: World, step: Step): readonly World[] {
  switch (step.kind) {
    case 'say':
    case 'broadcast':
      return [];
    case 'put back':
      return [{ ...world, queue: [...world.queue, step.message] }];
    case 'leave':
      return [{ ...world, server: step.server }];
    case 'publish vote':
      return [{ ...world, server: publishVote(world.server) }];
    case 'clear queue': {
      const cleared = { ...world, queue: [] };
      const { receiving } = world;
      if (!receiving?.whileLooking) return [cleared];
      // The receiver saw LOOKING, and puts its message into the queue only after it was emptied: the next election finds it.
      const { from, n } = receiving;
      return [cleared, { ...cleared, queue: [{ from, n }], receiving: null }];
    }
  }
}

/** What the election thread may turn to when it has nothing left to say. */
function decisions(world: World, setting: Setting, ahead: Ahead): readonly World[] {
  const { server, queue } = world;
  const [head, ...rest] = queue;
  switch (server.step) {
    case 'enter':
      return enter(world, setting, ahead);
    case 'poll':
      return head === undefined
        ? timeouts(world, setting)
        : [handle({ ...world, queue: rest }, head, setting)];
    case 'finalize':
      return [head === undefined ? quiet(world, setting) : poll({ ...world, queue: rest }, head, setting)];
    case 'publish':
      return [];
    case 'out': {
      const looking = lookAgain(server);
      return [{ ...world, server: looking, script: [sayRole(looking)] }];
    }
  }
}

/**
 * The first vote of an election comes from the database, which the log does not follow: it is taken from the lines to come,
 * except for the zxid that a process has just loaded. An epoch never goes back.
 */
function enter(world: World, setting: Setting, ahead: Ahead): readonly World[] {
  const zxid = ahead.main?.type === 'update' ? ahead.main.zxid : world.lastZxid;
  const values = {
    lastZxid: world.started ? world.lastZxid : zxid,
    currentEpoch: Math.max(world.currentEpoch, ahead.send?.peerEpoch ?? world.currentEpoch),
    started: false,
  };
  const entering = { ...world, ...values };
  const peer = peerOf(entering, setting);
  const server = enterElection(world.server, peer);
  return [{ ...entering, server, script: sayEntry(world.server, server, peer) }];
}

function handle(world: World, message: Message, setting: Setting): World {
  const peer = peerOf(world, setting);
  const handled = handleNotification(world.server, message.from, message.n, peer, setting.rules);
  const script = sayHandled(world.server, message, handled, peer, setting.tellsOracle);
  return { ...world, server: handled.server, script };
}

/** The queue was empty for the timeout: the proposal is sent again unless all send queues were full. */
function timeouts(world: World, setting: Setting): readonly World[] {
  const peer = peerOf(world, setting);
  const server = pollTimeout(world.server, peer, setting.rules);
  const last = server === world.server ? [sayTimeout] : sayLeaving(server, peer);
  return [
    { ...world, server, script: [sayBroadcast(world.server, peer), ...last] },
    { ...world, server, script: last },
  ];
}

function poll(world: World, message: Message, setting: Setting): World {
  const polled = finalizePoll(world.server, message.n, peerOf(world, setting), setting.rules);
  const putBack: readonly Step[] = polled.putBack ? [{ kind: 'put back', message }] : [];
  return {
    ...world,
    server: polled.server,
    script: [sayCompare(message.n, world.server.proposal), ...putBack],
  };
}

function quiet(world: World, setting: Setting): World {
  const peer = peerOf(world, setting);
  const server = finishElection(world.server, peer);
  return { ...world, script: [{ kind: 'leave', server }, ...sayLeaving(server, peer)] };
}
