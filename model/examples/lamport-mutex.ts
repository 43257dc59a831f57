import { z } from 'zod';
import { channels, defineModel, family, pairs, range, table } from '../../checker/language/index.ts';

const Message = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('request'), clock: z.int().min(1) }),
  z.strictObject({ type: z.literal('acknowledge') }),
  z.strictObject({ type: z.literal('release') }),
]);
type Message = Readonly<z.infer<typeof Message>>;

const acknowledge: Message = { type: 'acknowledge' };
const release: Message = { type: 'release' };

/**
 * Distributed mutual exclusion with logical clocks (tlaplus/Examples, lamport_mutex/LamportMutex; Lamport, "Time,
 * clocks, and the ordering of events in a distributed system"). A process asks all others and enters when all have
 * answered and no request that it knows of is older than its own. Clocks grow for ever; `clock` bounds what is explored.
 */
export const lamportMutex = defineModel('examples/lamport-mutex', {
  about: 'Processes that order their requests by logical clocks are critical one at a time',
  params: z.strictObject({
    processes: z.int().min(2).max(4).default(3),
    clock: z.int().min(2).max(20).default(4).describe('the largest clock that is explored'),
  }),
})
  .rules({
    /** Whether process p, with a request of clock `own`, precedes process q with one of clock `theirs` (0: none). */
    beats: (p: number, own: number, q: number, theirs: number): boolean =>
      theirs === 0 || own < theirs || (own === theirs && p < q),
    /** What the receiver of a request answers. */
    answers: [acknowledge],
  })
  .changes({
    bothWinATie: {
      about: 'Of two requests with the same clock each precedes the other',
      source: 'seeded',
      rules: { beats: (_p, own, _q, theirs) => theirs === 0 || own <= theirs },
      breaks: ['mutualExclusion'],
      keeps: ['shortChannels'],
      at: { processes: 2, clock: 2 },
    },
    acknowledgesTwice: {
      about: 'A request is acknowledged twice, so that one acknowledgement is left over for the next request',
      source: 'seeded',
      rules: { answers: [acknowledge, acknowledge] },
      breaks: ['shortChannels', 'mutualExclusion'],
      at: { processes: 2, clock: 3 },
    },
  })
  .components((p) => {
    const processes = range(p.processes);
    return {
      clock: family(processes, z.int().min(1), { lane: 'process' }),
      /** The clock of the request of the second process as the first one knows it; 0 for none. */
      request: table(processes, processes, z.int().min(0), { lane: 'process' }),
      /** Whether the second process has answered the first one's request. */
      acknowledged: table(processes, processes, z.boolean(), { lane: 'process' }),
      network: channels(processes, Message, { lane: 'process' }),
      critical: family(processes, z.boolean(), { lane: 'process' }),
    };
  })
  .init(() => ({ clock: 1, request: 0, acknowledged: false, critical: false }))
  .action('request', {
    each: (p) => range(p.processes),
    next(s, p, { processes }) {
      if (s.request(p, p).value !== 0) return;
      const clock = s.clock(p).value;
      return [
        s.request(p, p).set(clock),
        ...range(processes).map((q) => s.acknowledged(p, q).set(q === p)),
        ...others(p, processes).map((q) => s.network(p, q).send({ type: 'request', clock })),
      ];
    },
    says: (p, { before }) => `process ${p} asks all others, with its clock ${before.clock(p).value}`,
  })
  .action('enter', {
    each: (p) => range(p.processes),
    next(s, p, { processes }, { beats }) {
      if (!range(processes).every((q) => s.acknowledged(p, q).value)) return;
      const own = s.request(p, p).value;
      if (!others(p, processes).every((q) => beats(p, own, q, s.request(p, q).value))) return;
      return [s.critical(p).set(true)];
    },
    says: (p, { before }) =>
      `process ${p} has all answers and the first request, of clock ${before.request(p, p).value}: it enters`,
  })
  .action('exit', {
    each: (p) => range(p.processes),
    next(s, p, { processes }) {
      if (!s.critical(p).value) return;
      return [
        s.critical(p).set(false),
        s.request(p, p).set(0),
        ...range(processes).map((q) => s.acknowledged(p, q).set(false)),
        ...others(p, processes).map((q) => s.network(p, q).send(release)),
      ];
    },
    says: (p) => `process ${p} leaves and tells all others`,
  })
  .action('receiveRequest', {
    each: (p) => pairs(range(p.processes)),
    next(s, [p, q], _, { answers }) {
      const message = s.network(q, p).head;
      if (message?.type !== 'request') return;
      return [
        s.network(q, p).receive(),
        s.request(p, q).set(message.clock),
        s.clock(p).set(Math.max(message.clock, s.clock(p).value) + 1),
        ...answers.map((answer) => s.network(p, q).send(answer)),
      ];
    },
    says: ([p, q], { after }) =>
      `process ${p} learns of the request ${after.request(p, q).value} of process ${q} and answers`,
  })
  .action('receiveAcknowledgement', {
    each: (p) => pairs(range(p.processes)),
    next(s, [p, q]) {
      if (s.network(q, p).head?.type !== 'acknowledge') return;
      return [s.network(q, p).receive(), s.acknowledged(p, q).set(true)];
    },
    says: ([p, q]) => `process ${p} has the answer of process ${q}`,
  })
  .action('receiveRelease', {
    each: (p) => pairs(range(p.processes)),
    next(s, [p, q]) {
      if (s.network(q, p).head?.type !== 'release') return;
      return [s.network(q, p).receive(), s.request(p, q).set(0)];
    },
    says: ([p, q]) => `process ${p} learns that process ${q} has left`,
  })
  .within((s, p) => range(p.processes).every((i) => s.clock(i).value <= p.clock));

function others(process: number, processes: number): readonly number[] {
  return range(processes).filter((other) => other !== process);
}
