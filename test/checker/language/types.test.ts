import { expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import type { DeepReadonly } from '../../../checker/language/deep-readonly.ts';
import {
  channels,
  defineModel,
  family,
  ghost,
  operation,
  pairs,
  projection,
  properties,
  queue,
  range,
  setOf,
  single,
  table,
} from '../../../checker/language/index.ts';

// Checked by the compiler: a directive over a line without an error is an error itself. Nothing here runs.

const Server = z.strictObject({
  state: z.enum(['looking', 'leading']),
  vote: z.strictObject({ zxid: z.int(), from: z.tuple([z.int(), z.string()]) }).nullable(),
  log: z.array(z.strictObject({ term: z.int() })),
});
const append = operation('append', (log: readonly number[], entry: number) => [...log, entry]);
const last = projection('last', (log: readonly number[]) => log.at(-1));

const model = defineModel('types', {
  about: '',
  params: z.strictObject({
    servers: z.int().default(3),
    quiet: z.boolean().default(false),
    list: z.array(z.int()).default([]),
  }),
})
  .rules((p) => ({ quorum: (n: number) => n > p.servers / 2 }))
  .components((p) => ({
    server: family(range(p.servers), Server),
    named: family(['a', 'b'] as const, z.int()),
    link: table(range(p.servers), range(p.servers), z.enum(['up', 'down'])),
    controller: single(z.int().nullable()),
    net: channels(range(p.servers), z.strictObject({ zxid: z.int() })),
    requests: queue(z.string()),
    voters: single(setOf(z.int())),
    log: single(z.array(z.int())),
    sent: ghost(single(z.array(z.int()))),
    sentBy: ghost(family(range(p.servers), z.int())),
  }));

// biome-ignore lint/correctness/noUnusedVariables: for its types
function declarations(): void {
  model.init((p) => ({
    server: (i) => {
      expectTypeOf(i).toEqualTypeOf<number>();
      return { state: 'looking', vote: { zxid: p.servers, from: [i, 'a'] }, log: [] };
    },
    named: (key) => (key === 'a' ? 1 : 0),
    link: (from, to) => (from === to ? 'up' : 'down'),
    controller: null,
    voters: [],
    log: [],
    sent: [],
    sentBy: 0,
  }));
  // @ts-expect-error a component is missing
  model.init(() => ({ server: { state: 'looking', vote: null, log: [] } }));
  const others = {
    named: 0,
    link: 'up',
    controller: null,
    voters: [],
    log: [],
    sent: [],
    sentBy: 0,
  } as const;
  model.init(() => ({ ...others, server: { state: 'looking', vote: null, log: [] } }));
  // @ts-expect-error a value of another type
  model.init(() => ({ ...others, server: { state: 'following', vote: null, log: [] } }));

  model.changes({
    loud: { about: '', source: '', set: { quiet: false }, rules: { quorum: () => true }, at: { servers: 2 } },
  });
  // @ts-expect-error a rule that the model does not have
  model.changes({ loud: { about: '', source: '', rules: { majority: () => true } } });
  // @ts-expect-error a rule of another type
  model.changes({ loud: { about: '', source: '', rules: { quorum: () => 1 } } });
  // @ts-expect-error a parameter that the model does not have
  model.changes({ loud: { about: '', source: '', set: { silent: true } } });
  // @ts-expect-error a parameter of another type
  model.changes({ loud: { about: '', source: '', at: { servers: 'three' } } });

  const quorumMutants = { any: { about: '', rule: (n: number) => n > 0, at: { servers: 2 } } };
  model.mutants({ quorum: { ...quorumMutants, never: { about: '', rule: () => false, survives: '' } } });
  // @ts-expect-error a rule that the model does not have
  model.mutants({ majority: quorumMutants });
  // @ts-expect-error a mutant of another type than its rule
  model.mutants({ quorum: { any: { about: '', rule: () => 1 } } });
  // @ts-expect-error a parameter that the model does not have
  model.mutants({ quorum: { any: { about: '', rule: () => true, at: { silent: true } } } });
}

// biome-ignore lint/correctness/noUnusedVariables: for its types
function actions(): void {
  model
    .action('reads', {
      each: (p) => range(p.servers),
      next(s, i, p, rules) {
        expectTypeOf(i).toEqualTypeOf<number>();
        expectTypeOf(p.list).toEqualTypeOf<readonly number[]>();
        expectTypeOf(rules.quorum(p.servers)).toEqualTypeOf<boolean>();
        expectTypeOf(s.controller.value).toEqualTypeOf<number | null>();
        expectTypeOf(s.server(i).value.state).toEqualTypeOf<'looking' | 'leading'>();
        expectTypeOf(s.server(i).get('log')).toEqualTypeOf<readonly { readonly term: number }[]>();
        expectTypeOf(s.server(i).value.vote?.from).toEqualTypeOf<readonly [number, string] | undefined>();
        expectTypeOf(s.named('a').value).toEqualTypeOf<number>();
        expectTypeOf(s.link(i, i).value).toEqualTypeOf<'up' | 'down'>();
        expectTypeOf(s.net(i, i).head).toEqualTypeOf<{ readonly zxid: number } | undefined>();
        expectTypeOf(s.net(i, i).value).toEqualTypeOf<readonly { readonly zxid: number }[]>();
        expectTypeOf(s.requests.head).toEqualTypeOf<string | undefined>();
        expectTypeOf(s.voters.value).toEqualTypeOf<readonly number[]>();
        expectTypeOf(s.log.read(last)).toEqualTypeOf<number | undefined>();

        // @ts-expect-error values are deeply readonly
        s.server(i).value.log.push({ term: 1 });
        // @ts-expect-error values are deeply readonly
        s.server(i).value.state = 'leading';
        const { vote } = s.server(i).value;
        // @ts-expect-error values are deeply readonly
        if (vote) vote.zxid = 1;
        // @ts-expect-error messages are deeply readonly
        if (s.net(i, i).head) s.net(i, i).head.zxid = 1;
        // @ts-expect-error parameters are deeply readonly
        p.list.push(1);
        // @ts-expect-error a ghost is not for actions to read
        s.sent.value;
        // @ts-expect-error a ghost is not for actions to read
        s.sentBy(i).value;
        // @ts-expect-error a ghost is not for actions to read
        s.sent.read(last);
        // @ts-expect-error a field that there is not
        s.server(i).get('term');
        // @ts-expect-error no such component
        s.leader;
        // @ts-expect-error a family needs a key
        s.server.value;
        // @ts-expect-error a table needs two keys
        s.link(i);
        // @ts-expect-error a key of another type
        s.server('0');
        // @ts-expect-error a key that is none
        s.named('c');
        // @ts-expect-error a cell has no head
        s.controller.head;
        // @ts-expect-error a projection of another value
        s.controller.read(last);
        return undefined;
      },
    })
    .action('writes', {
      each: (p) => pairs(range(p.servers)),
      next(s, [from, to]) {
        expectTypeOf(from).toEqualTypeOf<number>();
        // @ts-expect-error a field that there is not
        s.server(from).patch({ term: 1 });
        // @ts-expect-error a field of another type
        s.server(from).patch({ state: 'following' });
        // @ts-expect-error a tuple of another length
        s.server(from).patch({ vote: { zxid: 1, from: [1] } });
        // @ts-expect-error not undefined
        s.server(from).patch({ vote: undefined });
        // @ts-expect-error a missing field
        s.server(from).set({ state: 'looking', log: [] });
        // @ts-expect-error a value of another type
        s.controller.set('1');
        // @ts-expect-error a message of another type
        s.net(from, to).send({ zxid: '1' });
        // @ts-expect-error a message of another type
        s.requests.put(1);
        // @ts-expect-error a cell has no messages
        s.controller.receive();
        // @ts-expect-error an argument of another type
        s.log.apply(append, 'a');
        // @ts-expect-error an operation on another value
        s.controller.apply(append, 1);
        return [
          s.server(from).patch({ vote: { zxid: 1, from: [from, 'a'] } }),
          s.server(to).set({ ...s.server(from).value, state: 'leading' }),
          s.net(from, to).send({ zxid: 1 }),
          s.net(to, from).receive(),
          s.sent.apply(append, 1),
          s.sentBy(from).set(1),
          s.voters.set([...s.voters.value, from]),
        ];
      },
      says: ([from], { before, after, label }) => {
        expectTypeOf(label).toEqualTypeOf<string>();
        return `${from} has ${before.sent.value.length}, then ${after.sent.value.length}`;
      },
    })
    .action('once', {
      next(s, instance) {
        expectTypeOf(instance).toEqualTypeOf<never>();
        return [s.controller.set(1)];
      },
    })
    // @ts-expect-error an outcome of another shape
    .action('wrong', { next: () => [1] })
    // @ts-expect-error an outcome of another shape
    .action('false', { next: () => false })
    // @ts-expect-error instances are keys
    .action('strange', { each: () => [{ from: 1 }], next: () => undefined });
}

// biome-ignore lint/correctness/noUnusedVariables: for its types
function promises(): void {
  model
    .within((s, p) => s.log.value.length < p.servers && s.sent.value.length < 3)
    // @ts-expect-error a constraint says yes or no
    .within(() => undefined)
    // @ts-expect-error a constraint does not write
    .within((s) => s.log.set([]));
  properties(model)
    .always('p', {
      each: (p) => range(p.servers),
      premise: (s, i) => s.sentBy(i).value > 0,
      holds: (s, i, p, rules) => rules.quorum(s.sent.value.length) || `not for ${i} of ${p.servers}`,
    })
    .step('q', {
      holds: (before, after, taken) => {
        expectTypeOf(taken.action).toEqualTypeOf<string>();
        return before.log.value.length <= after.log.value.length;
      },
    })
    .reachable('r', { when: (s) => s.sent.value.length > 0 })
    // @ts-expect-error a property does not write
    .always('writes', { holds: (s) => s.log.set([]) })
    // @ts-expect-error a property says something
    .always('silent', { holds: () => undefined })
    // @ts-expect-error no such component
    .always('unknown', { holds: (s) => s.leader.value === 1 })
    // @ts-expect-error a witness is reached or not
    .reachable('spoken', { when: () => 'yes' });
}

test('readonly goes all the way down, and keeps tuples, unions and brands', () => {
  expectTypeOf<DeepReadonly<{ a: [number, string[]]; b: { c: 1 }[] | null }>>().toEqualTypeOf<{
    readonly a: readonly [number, readonly string[]];
    readonly b: readonly { readonly c: 1 }[] | null;
  }>();
  expectTypeOf<DeepReadonly<readonly number[]>>().toEqualTypeOf<readonly number[]>();
  expectTypeOf<DeepReadonly<Record<string, number[]>>>().toEqualTypeOf<
    Readonly<Record<string, readonly number[]>>
  >();
  type Zxid = number & z.core.$brand<'zxid'>;
  expectTypeOf<DeepReadonly<{ zxid: Zxid }>>().toEqualTypeOf<{ readonly zxid: Zxid }>();
});
