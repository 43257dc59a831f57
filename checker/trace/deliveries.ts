import { canonicalJson } from '../language/canonical.ts';
import { isList } from './compact.ts';
import type { Json, Trace } from './format.ts';

/** By channel, numbers of steps: 1 is the first step, 0 stands for what was there from the beginning. */
type ByChannel = ReadonlyMap<string, readonly number[]>;

/** Which steps sent the messages that one step takes from their channels. */
export interface Deliveries {
  /** Those that it receives. */
  readonly received: ByChannel;
  /** Those that are in the channel no more, received or not, oldest first. */
  readonly gone: ByChannel;
}

interface Held {
  readonly text: string;
  readonly since: number;
}

/**
 * Follows the channels by their contents, so that losses, duplicates and whatever else a model does to a channel do not
 * confuse the count.
 */
export function deliveries({ initial, steps }: Pick<Trace, 'initial' | 'steps'>): readonly Deliveries[] {
  const held = new Map<string, readonly Held[]>();
  for (const [name, value] of Object.entries(initial ?? {})) {
    if (isList(value)) held.set(name, next(value, [], 0));
  }
  return steps.map(({ messages, changes }, i) => {
    const received = new Map<string, number[]>();
    for (const { kind, channel, message } of messages) {
      if (kind !== 'receive') continue;
      const since = held.get(channel)?.find(({ text }) => text === canonicalJson(message))?.since;
      if (since !== undefined) received.set(channel, [...(received.get(channel) ?? []), since]);
    }
    const gone = new Map<string, number[]>();
    for (const { component, after } of changes) {
      if (!isList(after)) continue;
      const before = held.get(component) ?? [];
      // What is received or replaced leaves: an equal message that is there afterwards is a new one.
      const leaves = messages.some(({ channel, kind }) => channel === component && kind !== 'send');
      const now = next(after, leaves ? before.slice(1) : before, i + 1);
      held.set(component, now);
      gone.set(
        component,
        before.filter((one) => !now.includes(one)).map(({ since }) => since),
      );
    }
    return { received, gone };
  });
}

/** The messages in a channel: those that were there stay the same ones. */
function next(messages: readonly Json[], before: readonly Held[], step: number): readonly Held[] {
  const old = [...before];
  return messages.map((message) => {
    const text = canonicalJson(message);
    const at = old.findIndex((one) => one.text === text);
    const [kept] = at < 0 ? [] : old.splice(at, 1);
    return kept ?? { text, since: step };
  });
}
