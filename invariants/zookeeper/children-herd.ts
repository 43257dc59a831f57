import { properties } from '../../checker/language/index.ts';
import { clientsOf } from '../../model/zookeeper/children-herd/params.ts';
import { childrenHerd } from '../../model/zookeeper/children-herd.ts';

export default properties(childrenHerd)
  .always('knowsInTime', {
    about: 'No client is more children behind than it may be',
    source: 'reports of operators: stale lists at the clients',
    each: clientsOf,
    premise: (s) => s.created.value > 0,
    holds(s, i, p) {
      const behind = s.created.value - s.client(i).value.knows;
      return behind <= p.mostBehind || `client ${i} does not know of ${behind} children`;
    },
  })
  .always('fewReads', {
    about: 'A burst costs each client at most two reads of the list',
    source: 'the herd: reads per burst are otherwise clients times children',
    holds: (s, _, p) =>
      s.served.value <= 2 * p.clients ||
      `the observer has read the list ${s.served.value} times for ${p.clients} clients`,
  })
  .temporal('allKnow', {
    about: 'In the end every client knows all children',
    source: "Programmer's Guide: a watch fires when what was read has changed",
    each: clientsOf,
    eventuallyAlways: (s, i) => s.coming.value === 0 && s.client(i).value.knows === s.created.value,
  });
