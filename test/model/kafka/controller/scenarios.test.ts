import { expect, test } from 'vitest';
import promises from '../../../../invariants/kafka/controller.ts';
import { explore } from '../../examples/explore.ts';

// Facts of Kafka's ControllerIntegrationTest, as what every run of the model comes to.

const alone = { brokers: 1, partition: false, expiries: 0, operatorDeletes: 0 };

test.each([
  ['G1 a broker starts in an empty cluster', { start: 'empty' }, 1],
  ['G3 the only broker, controller of epoch 1, stops and starts', { crashes: 1 }, 2],
])('%s', async (_, set, epoch) => {
  const spec = promises.temporal('inTheEnd', {
    about: 'The broker is the controller of that epoch, written with that version',
    provided: { eventuallyAlways: (s) => s.budget('crashes').value === 0 },
    eventuallyAlways(s) {
      const { activeControllerId, epoch: own, epochZkVersion } = s.controller(0).value;
      return activeControllerId === 0 && own === epoch && epochZkVersion === epoch;
    },
  });
  const { verdict, complete } = await explore(spec, { set: { ...alone, ...set } });
  expect([verdict, complete]).toEqual(['holds', true]);
});

test.each([
  ['its process ends', { crashes: 1 }, ''],
  ['its session is over', { expiries: 2 }, 'RegisterBrokerAndReelect'],
])('G15 the event thread is busy and two events wait: when %s neither is handled', async (_, set, left) => {
  const spec = promises.step('preempted', {
    about: 'Events that wait are dropped, and the one at hand goes no further',
    on: ['crash', 'noticeExpiry'],
    premise: (before, _after, { instance: id }) =>
      before.controller(Number(id)).get('step').at !== 'idle' &&
      before.event('ensemble', Number(id)).length >= 2,
    holds: (_before, after, { action, instance: id }) =>
      action !== ('crashes' in set ? 'crash' : 'noticeExpiry') ||
      (after.controller(Number(id)).get('step').at === 'idle' &&
        after.event('ensemble', Number(id)).value.join() === left) ||
      'an event is handled still',
  });
  const { properties } = await explore(spec, { set: { reads: 'asOne', partition: false, ...set } });
  const found = properties.find(({ name }) => name === 'preempted');
  expect([found?.result, (found?.premise ?? 0) > 0]).toEqual(['holds', true]);
});
