import { expect, test } from 'vitest';
import { deliveries } from '../../../checker/trace/deliveries.ts';
import type { Json, Trace, TraceMessage, TraceStep } from '../../../checker/trace/format.ts';

type Event = readonly [kind: TraceMessage['kind'] | 'other', before: readonly Json[], after: readonly Json[]];

/** What happens to one channel, step by step: for each step the messages received and gone, by the step of sending. */
function follow(initial: readonly Json[], ...events: readonly Event[]): unknown {
  const steps = events.map(([kind, before, after]): TraceStep => {
    const message = kind === 'receive' ? before[0] : after.at(-1);
    return {
      action: 'a',
      instance: null,
      label: '',
      says: '',
      lane: null,
      changes: [{ component: 'c', before, after }],
      messages:
        kind === 'other' || message === undefined
          ? []
          : [{ kind, channel: 'c', from: null, to: null, message, says: null }],
    };
  });
  const trace = { initial: { c: initial }, steps } satisfies Partial<Trace>;
  return deliveries(trace).map(({ received, gone }) => [received.get('c') ?? [], gone.get('c') ?? []]);
}

test('messages arrive in the order of sending', () => {
  expect(
    follow(
      [],
      ['send', [], ['x']],
      ['send', ['x'], ['x', 'y']],
      ['receive', ['x', 'y'], ['y']],
      ['receive', ['y'], []],
    ),
  ).toEqual([
    [[], []],
    [[], []],
    [[1], [1]],
    [[2], [2]],
  ]);
});

test('equal messages are told apart; what was there from the beginning came with step 0', () => {
  expect(
    follow(['x'], ['send', ['x'], ['x', 'x']], ['receive', ['x', 'x'], ['x']], ['receive', ['x'], []]),
  ).toEqual([
    [[], []],
    [[0], [0]],
    [[1], [1]],
  ]);
});

test('a put replaces what was there, also by an equal message', () => {
  expect(follow([], ['put', [], ['x']], ['put', ['x'], ['y']], ['receive', ['y'], []])).toEqual([
    [[], []],
    [[], [1]],
    [[2], [2]],
  ]);
});

test('losses and new orders do not confuse the count', () => {
  expect(
    follow(['a', 'b', 'c'], ['other', ['a', 'b', 'c'], ['c', 'a']], ['receive', ['c', 'a'], ['a']]),
  ).toEqual([
    [[], [0]],
    [[0], [0]],
  ]);
});
