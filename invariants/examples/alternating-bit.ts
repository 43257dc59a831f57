import { properties, range } from '../../checker/language/index.ts';
import { alternatingBit } from '../../model/examples/alternating-bit.ts';

export default properties(alternatingBit)
  .step('receivesWhatIsSent', {
    about: 'What the receiver gets anew is what was sent last',
    source: 'ABCorrectness: CRcvMsg',
    on: ['receive'],
    premise: (before, after) => before.receiver.value.bit !== after.receiver.value.bit,
    holds: (before, after) => {
      const { bit, sent } = before.sender.value;
      const { bit: got, received } = after.receiver.value;
      return (
        (bit === got && sent === received) ||
        `the receiver takes ${received}, bit ${got}, for new, but ${sent}, bit ${bit}, was sent last`
      );
    },
  })
  .temporal('sentIsReceived', {
    about: 'A value that is sent is received in the end',
    source: 'MCAlternatingBit: SentLeadsToRcvd',
    each: (p) => range(p.data),
    from: (s, value) => s.sender.value.sent === value && s.sender.value.bit !== s.sender.value.ack,
    leadsTo: (s, value) => s.receiver.value.received === value,
  })
  .temporal('sentIsAcknowledged', {
    about: 'The sender comes to send the next value',
    source: 'ABCorrectness: ABCFairness',
    from: (s) => s.sender.value.bit !== s.sender.value.ack,
    leadsTo: (s) => s.sender.value.bit === s.sender.value.ack,
  });
