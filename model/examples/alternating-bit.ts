import { z } from 'zod';
import { anyOf, choose, defineModel, queue, range, single } from '../../checker/language/index.ts';

const Bit = z.int().min(0).max(1);

/** A list without its element number `i`. */
const without = <T>(list: readonly T[], i: number): readonly T[] => list.filter((_, at) => at !== i);

/**
 * A sender and a receiver over two queues that lose messages (tlaplus/Examples, SpecifyingSystems/TLC/AlternatingBit). The
 * module's model bounds the queues by a constraint, which says nothing of liveness; `full: 'wait'` does not send into a full
 * queue, and visits the same states.
 */
export const alternatingBit = defineModel('examples/alternating-bit', {
  about: 'One value at a time over queues that lose messages, told apart by one bit',
  params: z.strictObject({
    data: z.int().min(1).max(4).default(2).describe('values that may be sent'),
    queue: z.int().min(1).max(4).default(2).describe('messages in either queue'),
    full: z
      .enum(['wait', 'cut'])
      .default('wait')
      .describe('whether one waits for room in a full queue, or the search ends where there are more'),
  }),
})
  .rules({
    /** The acknowledgement that the sender notes. */
    noted: (ack: number, _bit: number): number => ack,
    resends: true,
  })
  .changes({
    anyAckWillDo: {
      about: 'The sender takes any acknowledgement for that of its last message',
      source: 'seeded',
      rules: { noted: (_, bit) => bit },
      breaks: ['receivesWhatIsSent', 'sentIsReceived'],
      keeps: ['sentIsAcknowledged'],
    },
    sendsOnce: {
      about: 'The sender does not send again what is not acknowledged',
      source: 'seeded',
      rules: { resends: false },
      breaks: ['sentIsReceived', 'sentIsAcknowledged'],
      keeps: ['receivesWhatIsSent'],
    },
  })
  .components((p) => ({
    messages: queue(z.strictObject({ bit: Bit, value: z.int().min(0) })),
    acks: queue(Bit),
    sender: single(
      z.strictObject({
        bit: Bit,
        ack: Bit,
        sent: z
          .int()
          .min(0)
          .max(p.data - 1),
      }),
    ),
    receiver: single(
      z.strictObject({
        bit: Bit,
        received: z
          .int()
          .min(0)
          .max(p.data - 1),
      }),
    ),
  }))
  .init((p) =>
    [0, 1].map((bit) => ({
      sender: anyOf(range(p.data).map((sent) => ({ bit, ack: bit, sent }))),
      receiver: anyOf(range(p.data).map((received) => ({ bit, received }))),
    })),
  )
  .action('sendNew', {
    each: (p) => range(p.data),
    next(s, value, p) {
      const { bit, ack } = s.sender.value;
      if (ack !== bit || (p.full === 'wait' && s.messages.length === p.queue)) return;
      return [s.sender.patch({ bit: 1 - bit, sent: value }), s.messages.send({ bit: 1 - bit, value })];
    },
    says: (value) => `the sender sends the new value ${value}`,
  })
  .action('resend', {
    fairness: 'weak',
    next(s, _, p, { resends }) {
      const { bit, ack, sent } = s.sender.value;
      if (!resends || ack === bit || (p.full === 'wait' && s.messages.length === p.queue)) return;
      return [s.messages.send({ bit, value: sent })];
    },
    says: (_, { before }) => `the sender sends ${before.sender.value.sent} again`,
  })
  .action('receive', {
    fairness: 'strong',
    next(s) {
      const message = s.messages.head;
      if (message === undefined) return;
      return [s.messages.receive(), s.receiver.set({ bit: message.bit, received: message.value })];
    },
    says: (_, { after }) => `the receiver gets ${after.receiver.value.received}`,
  })
  .action('acknowledge', {
    fairness: 'weak',
    next(s, _, p) {
      if (p.full === 'wait' && s.acks.length === p.queue) return;
      return [s.acks.send(s.receiver.value.bit)];
    },
    says: (_, { before }) => `the receiver acknowledges bit ${before.receiver.value.bit}`,
  })
  .action('receiveAck', {
    fairness: 'strong',
    next(s, _, __, { noted }) {
      const ack = s.acks.head;
      if (ack === undefined) return;
      return [s.acks.receive(), s.sender.patch({ ack: noted(ack, s.sender.value.bit) })];
    },
    says: (_, { after }) => `the sender notes that bit ${after.sender.value.ack} is acknowledged`,
  })
  .action('loseMessage', {
    next(s) {
      const messages = s.messages.value;
      return choose(range(messages.length), (i) => [s.messages.set(without(messages, i))]);
    },
    says: (_, { label }) => `message ${Number(label) + 1} of the queue is lost`,
  })
  .action('loseAck', {
    next(s) {
      const acks = s.acks.value;
      return choose(range(acks.length), (i) => [s.acks.set(without(acks, i))]);
    },
    says: (_, { label }) => `acknowledgement ${Number(label) + 1} of the queue is lost`,
  })
  .within((s, p) => s.messages.length <= p.queue && s.acks.length <= p.queue);
