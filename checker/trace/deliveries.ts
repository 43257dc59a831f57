import { canonicalJson } from '../language/canonical.ts';
import { isList } from './compact.ts';
import type { Trace } from './format.ts';

/**
 * For each step the numbers of the steps that sent what it receives (1 is the first step). Channels are followed by
 * their contents, so that losses, duplicates and whatever else a model does to a channel do not confuse the count.
 */
export function deliveries({ initial, steps }: Trace): readonly (readonly number[])[] {
  /** By channel: each message that it holds, with the number of the step that brought it (0: there from the start). */
  const held = new Map<string, readonly { readonly text: string; readonly since: number }[]>();
  for (const [name, value] of Object.entries(initial ?? {})) {
    if (isList(value))
      held.set(
        name,
        value.map((message) => ({ text: canonicalJson(message), since: 0 })),
      );
  }
  return steps.map(({ messages, changes }, i) => {
    const received = messages.flatMap(({ kind, channel, message }) => {
      if (kind !== 'receive') return [];
      const text = canonicalJson(message);
      return held.get(channel)?.find((one) => one.text === text)?.since ?? [];
    });
    for (const { component, after } of changes) {
      const old = [...(held.get(component) ?? [])];
      if (messages.some(({ channel, kind }) => channel === component && kind === 'receive')) old.shift();
      if (messages.some(({ channel, kind }) => channel === component && kind === 'put')) old.length = 0;
      if (!isList(after)) continue;
      const now = after.map((message) => {
        const text = canonicalJson(message);
        const at = old.findIndex((one) => one.text === text);
        const [kept] = at < 0 ? [] : old.splice(at, 1);
        return kept ?? { text, since: i + 1 };
      });
      held.set(component, now);
    }
    return [...new Set(received)];
  });
}
