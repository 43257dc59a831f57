import { properties } from '../../checker/language/index.ts';
import { asyncIsr, highWatermark } from '../../model/kafka/async-isr.ts';

/** The one promise of AsyncIsr.tla. */
export default properties(asyncIsr).always('validHighWatermark', {
  about: 'Every member of the ISR that the controller knows has what the leader takes for committed (R7)',
  source: 'AsyncIsr.tla, ValidHighWatermark; Partition.maximalIsr',
  premise: (s, _, __, rules) =>
    highWatermark(rules.countedIsr(s.leader.value), (replica) => s.offset(replica).value) > 0,
  holds(s, _, __, rules) {
    const committed = highWatermark(rules.countedIsr(s.leader.value), (replica) => s.offset(replica).value);
    const behind = s.controller.get('isr').find((replica) => s.offset(replica).value < committed);
    return (
      behind === undefined ||
      `${behind} is in the ISR at the controller and has ${s.offset(behind).value} records of ${committed} that are committed`
    );
  },
});
