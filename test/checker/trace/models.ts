import { z } from 'zod';
import {
  channels,
  choose,
  defineModel,
  family,
  ghost,
  pairs,
  properties,
  queues,
  range,
  setOf,
  single,
} from '../../../checker/language/index.ts';

const Server = z.strictObject({
  state: z.enum(['LOOKING', 'LEADING']),
  vote: z.int().nullable(),
  supporters: setOf(z.int()),
});

/** Three servers that vote, and forget in a crash whom they have voted for: two of them can lead. */
export const ballot = defineModel('test/ballot', {
  about: 'Servers vote by message; a crash makes them forget their vote',
  params: z.strictObject({ servers: z.int().min(1).default(3), crashes: z.int().min(0).default(1) }),
})
  .components((p) => ({
    server: family(range(p.servers), Server),
    net: channels(
      range(p.servers),
      z.strictObject({ type: z.enum(['request', 'vote']), round: z.int(), candidate: z.int() }),
      { capacity: 2 + 2 * p.crashes },
    ),
    crashBudget: single(z.int().min(0)),
    leaders: ghost(single(setOf(z.int()))),
  }))
  .init((p) => ({
    server: { state: 'LOOKING', vote: null, supporters: [] },
    crashBudget: p.crashes,
    leaders: [],
  }))
  .action('campaign', {
    each: (p) => range(p.servers),
    next(s, i, p) {
      if (s.server(i).get('vote') !== null || s.server(i).get('state') !== 'LOOKING') return;
      const others = range(p.servers).filter((j) => j !== i);
      return [
        s.server(i).patch({ vote: i, supporters: [i] }),
        ...others.map((j) => s.net(i, j).send({ type: 'request', round: 1, candidate: i })),
      ];
    },
    says: (i) => `server ${i} votes for itself and asks the others`,
  })
  .action('answer', {
    each: (p) => pairs(range(p.servers)),
    next(s, [from, to]) {
      const message = s.net(from, to).head;
      if (message?.type !== 'request') return;
      const received = s.net(from, to).receive();
      if (s.server(to).get('vote') !== null) return [received];
      return [
        received,
        s.server(to).patch({ vote: message.candidate }),
        s.net(to, from).send({ ...message, type: 'vote' }),
      ];
    },
    says: ([from, to], { after }) =>
      after.server(to).value.vote === from
        ? `server ${to} votes for ${from}`
        : `server ${to} has voted already, for ${after.server(to).value.vote}`,
  })
  .action('count', {
    each: (p) => pairs(range(p.servers)),
    next(s, [from, to], p) {
      if (s.net(from, to).head?.type !== 'vote') return;
      const supporters = [...s.server(to).value.supporters, from];
      const leads = supporters.length > p.servers / 2;
      return [
        s.net(from, to).receive(),
        s.server(to).patch({ supporters, ...(leads ? { state: 'LEADING' } : {}) }),
        ...(leads ? [s.leaders.set([to])] : []),
      ];
    },
    says: ([from, to], { after }) =>
      `server ${to} counts the vote of ${from}${after.server(to).value.state === 'LEADING' ? ' and leads' : ''}`,
  })
  .action('crash', {
    each: (p) => range(p.servers),
    next(s, i, p) {
      if (s.crashBudget.value === 0) return;
      return [
        s.server(i).set({ state: 'LOOKING', vote: null, supporters: [] }),
        s.crashBudget.set(s.crashBudget.value - 1),
        ...range(p.servers).map((j) => s.net(j, i).clear()),
      ];
    },
  })
  .deadlock('allowed');

export const ballotSpec = properties(ballot)
  .always('oneLeader', {
    each: (p) => pairs(range(p.servers)).filter(([a, b]) => a < b),
    holds: (s, [a, b]) =>
      s.server(a).value.state !== 'LEADING' ||
      s.server(b).value.state !== 'LEADING' ||
      `servers ${a} and ${b} both lead`,
  })
  .step('votesStay', {
    on: ['crash'],
    holds: (before, _, { instance }) =>
      typeof instance !== 'number' ||
      before.server(instance).value.vote === null ||
      `server ${instance} forgets its vote for ${before.server(instance).value.vote}`,
  })
  .reachable('someLeader', { when: (s) => s.leaders.value.length > 0 })
  .reachable('never', { when: (s) => s.crashBudget.value > 99 });

/** Clients that put words into each other's boxes of one; what becomes of a word is a matter of luck. */
export const boxes = defineModel('test/boxes', {
  about: 'Named clients, an inbox each, outcomes with labels',
  params: z.strictObject({ strict: z.boolean().default(false) }),
})
  .components(() => ({
    client: family(['ann', 'bob'], z.strictObject({ got: z.array(z.string()) }), { lane: 'client' }),
    box: queues(['ann', 'bob'], z.string(), { lane: 'client', capacity: 1 }),
  }))
  .init(() => ({ client: { got: [] } }))
  .action('post', {
    each: () => pairs(['ann', 'bob']),
    next: (s, [from, to]) =>
      s.client(from).get('got').length > 1
        ? undefined
        : choose({ lost: [], delivered: [s.box(to).put(`from ${from}; "<hi>"`)] }),
  })
  .action('take', {
    each: () => ['ann', 'bob'],
    next(s, me) {
      const word = s.box(me).head;
      if (word === undefined) return;
      return [s.box(me).receive(), s.client(me).patch({ got: [...s.client(me).value.got, word] })];
    },
    says: (me, { before }) => `${me} takes ${before.box(me).head?.toUpperCase()}`,
  })
  .within((s) => s.client('ann').value.got.length < 3 && s.client('bob').value.got.length < 3)
  .deadlock('allowed');

export const boxesSpec = properties(boxes).always('quiet', {
  holds: (s) => s.client('bob').value.got.length < 2 || `bob hears ${s.client('bob').value.got.length} words`,
});
