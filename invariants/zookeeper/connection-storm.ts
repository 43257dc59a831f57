import { properties } from '../../checker/language/index.ts';
import { connectionStorm } from '../../model/zookeeper/connection-storm.ts';

export default properties(connectionStorm)
  .always('nobodyIsLost', {
    about: 'Every client is connected, waits for a session, or is about to try',
    source: 'the model: clients are conserved',
    holds(s, _, p) {
      const waiting = s.work.value.filter(({ kind, abandoned }) => kind === 'open' && !abandoned).length;
      const all = s.connected.value + s.outside.value + waiting;
      return all === p.clients || `there are ${all} clients instead of ${p.clients}`;
    },
  })
  .temporal('recovers', {
    about: 'After the cut all clients are connected again in the end, and the server is idle',
    source:
      'a system is metastable if it stays overloaded when the trigger is gone (Bronson et al., HotOS 2021)',
    eventuallyAlways: (s, _, p) => s.connected.value === p.clients && s.work.value.length === 0,
  });
