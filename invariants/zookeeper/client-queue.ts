import { properties } from '../../checker/language/index.ts';
import { brokersOf } from '../../model/zookeeper/client-queue/params.ts';
import { clientQueue } from '../../model/zookeeper/client-queue.ts';

export default properties(clientQueue)
  .step('leadersStay', {
    about: 'No partition gets another leader while all brokers live',
    source: 'KafkaController.onBrokerFailure is meant for brokers that have failed',
    on: ['tick'],
    holds(before, after, _, p) {
      const moved = brokersOf(p).filter((one) => before.leader(one).value !== after.leader(one).value);
      return (
        moved.length === 0 || `partition ${moved.join(', ')} gets another leader, though every broker lives`
      );
    },
  })
  .temporal('settles', {
    about: 'In the end all updates are done, and every broker is connected',
    source: 'the model: nothing fails in it',
    each: brokersOf,
    eventuallyAlways: (s, b) =>
      s.broker(b).value.connected &&
      s.broker(b).value.pending === 0 &&
      !s.requests.value.some(({ kind }) => kind === 'update'),
  });
