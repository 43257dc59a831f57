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
  .temporal('actor0ReadsAgain', {
    about: 'Actor 0 reads again and again (and so does every other)',
    source: 'ReadersWriters: Liveness',
    alwaysEventually: (s) => s.reads(0).value,
  })
  .temporal('actor0WritesAgain', {
    about: 'Actor 0 writes again and again (and so does every other)',
    source: 'ReadersWriters: Liveness',
    alwaysEventually: (s) => s.writes(0).value,
  })
  .temporal('actor0StopsReading', {
    about: 'Actor 0 is again and again not reading (and so is every other)',
    source: 'ReadersWriters: Liveness',
    alwaysEventually: (s) => !s.reads(0).value,
  })
  .temporal('actor0StopsWriting', {
    about: 'Actor 0 is again and again not writing (and so is every other)',
    source: 'ReadersWriters: Liveness',
    alwaysEventually: (s) => !s.writes(0).value,
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
