import { z } from 'zod';
import { anyOf, defineModel, product, queue, range, single } from '../../checker/language/index.ts';

/** One wire: the value on it is in transit while `rdy` and `ack` differ. */
const Wire = z.strictObject({ val: z.int().min(0), rdy: z.int().min(0).max(1), ack: z.int().min(0).max(1) });
type Wire = Readonly<z.infer<typeof Wire>>;

const idleWires = (messages: number): readonly Wire[] =>
  product(range(messages), [0, 1]).map(([val, bit]) => ({ val, rdy: bit, ack: bit }));

/**
 * A FIFO buffer between two wires with a two-phase handshake (tlaplus/Examples, SpecifyingSystems/FIFO/MCInnerFIFO;
 * Lamport, "Specifying Systems", chapter 4). Nothing bounds the buffer itself; only states that hold no more than
 * `capacity` messages in it are explored.
 */
export const boundedFifo = defineModel('examples/bounded-fifo', {
  about: 'A buffer passes messages from one handshake wire to another in their order',
  params: z.strictObject({
    messages: z.int().min(1).max(5).default(3).describe('different messages'),
    capacity: z.int().min(1).max(5).default(3).describe('how many messages in the buffer are explored'),
  }),
})
  .rules({
    maySend: (wire: Wire): boolean => wire.rdy === wire.ack,
  })
  .changes({
    withoutHandshake: {
      about: 'A sender does not wait until its last message was received',
      source: 'seeded',
      rules: { maySend: () => true },
      breaks: ['inOrder'],
      at: { messages: 1, capacity: 1 },
    },
  })
  .components((p) => {
    const message = z
      .int()
      .min(0)
      .max(p.messages - 1);
    const wire = Wire.extend({ val: message });
    return { input: single(wire), buffer: queue(message), output: single(wire) };
  })
  .init((p) => ({ input: anyOf(idleWires(p.messages)), output: anyOf(idleWires(p.messages)) }))
  .action('send', {
    each: (p) => range(p.messages),
    next(s, message, _, { maySend }) {
      const wire = s.input.value;
      if (!maySend(wire)) return;
      return [s.input.patch({ val: message, rdy: 1 - wire.rdy })];
    },
    says: (message) => `the sender puts message ${message} on the wire`,
  })
  .action('bufferReceives', {
    next(s) {
      const wire = s.input.value;
      if (wire.rdy === wire.ack) return;
      return [s.input.patch({ ack: 1 - wire.ack }), s.buffer.send(wire.val)];
    },
    says: (_, { before }) => `the buffer takes message ${before.input.value.val} in`,
  })
  .action('bufferSends', {
    next(s, _, __, { maySend }) {
      const first = s.buffer.head;
      const wire = s.output.value;
      if (first === undefined || !maySend(wire)) return;
      return [s.output.patch({ val: first, rdy: 1 - wire.rdy }), s.buffer.receive()];
    },
    says: (_, { after }) => `the buffer puts message ${after.output.value.val} on the wire`,
  })
  .action('receive', {
    next(s) {
      const wire = s.output.value;
      if (wire.rdy === wire.ack) return;
      return [s.output.patch({ ack: 1 - wire.ack })];
    },
    says: (_, { before }) => `the receiver takes message ${before.output.value.val}`,
  })
  .within((s, p) => s.buffer.length <= p.capacity);
