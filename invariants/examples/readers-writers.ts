import { pairs, properties, range } from '../../checker/language/index.ts';
import { readersWriters } from '../../model/examples/readers-writers.ts';

export default properties(readersWriters)
  .always('readersOrWriters', {
    about: 'While somebody writes, nobody reads',
    source: 'ReadersWriters: Safety',
    each: (p) => range(p.actors),
    premise: (s, writer) => s.writes(writer).value,
    holds: (s, writer, p) => {
      const readers = range(p.actors).filter((i) => s.reads(i).value);
      return readers.length === 0 || `actor ${writer} writes while these read: ${readers}`;
    },
  })
  .always('oneWriter', {
    about: 'At most one actor writes',
    source: 'ReadersWriters: Safety',
    each: (p) => pairs(range(p.actors)),
    premise: (s, [a]) => s.writes(a).value,
    holds: (s, [a, b]) => !s.writes(b).value || `actors ${a} and ${b} both write`,
  })
  .temporal('readsAgain', {
    about: 'Every actor reads again and again',
    source: 'ReadersWriters: Liveness',
    each: (p) => range(p.actors),
    alwaysEventually: (s, actor) => s.reads(actor).value,
  })
  .temporal('writesAgain', {
    about: 'Every actor writes again and again',
    source: 'ReadersWriters: Liveness',
    each: (p) => range(p.actors),
    alwaysEventually: (s, actor) => s.writes(actor).value,
  })
  .temporal('stopsReading', {
    about: 'Every actor is again and again not reading',
    source: 'ReadersWriters: Liveness',
    each: (p) => range(p.actors),
    alwaysEventually: (s, actor) => !s.reads(actor).value,
  })
  .temporal('stopsWriting', {
    about: 'Every actor is again and again not writing',
    source: 'ReadersWriters: Liveness',
    each: (p) => range(p.actors),
    alwaysEventually: (s, actor) => !s.writes(actor).value,
  })
  .reachable('allRead', {
    source: 'MC: Cardinality(readers) < n is violated',
    when: (s, p) => range(p.actors).every((i) => s.reads(i).value),
  })
  .reachable('allWaitToWrite', {
    source: 'MC: Cardinality(WaitingToWrite) < n is violated',
    when: (s, p) => s.waiting.value.filter((one) => one.wants === 'write').length === p.actors,
  })
  .reachable('bothKindsWait', {
    source: 'MC: WaitingToRead /= {} => WaitingToWrite = {} is violated',
    when: (s) =>
      s.waiting.value.some((one) => one.wants === 'read') &&
      s.waiting.value.some((one) => one.wants === 'write'),
  });
