import { pairs, properties, range } from '../../checker/language/index.ts';
import { lamportMutex } from '../../model/examples/lamport-mutex.ts';

export default properties(lamportMutex)
  .always('mutualExclusion', {
    about: 'At most one process is critical',
    source: 'LamportMutex: Mutex',
    each: (p) => pairs(range(p.processes)),
    premise: (s, [a]) => s.critical(a).value,
    holds: (s, [a, b]) => !s.critical(b).value || `processes ${a} and ${b} are both critical`,
  })
  .always('shortChannels', {
    about: 'No channel ever holds more than three messages',
    source: 'LamportMutex: BoundedNetwork',
    each: (p) => pairs(range(p.processes)),
    holds: (s, [a, b]) =>
      s.network(a, b).length <= 3 || `${s.network(a, b).length} messages are on their way from ${a} to ${b}`,
  })
  .reachable('enters', {
    when: (s, p) => range(p.processes).some((i) => s.critical(i).value),
  })
  .reachable('waitsForItsTurn', {
    about: 'A process with all answers stays outside because another one is critical',
    applies: (p) => p.clock >= p.processes,
    when: (s, p) =>
      pairs(range(p.processes)).some(
        ([a, b]) => s.critical(a).value && range(p.processes).every((q) => s.acknowledged(b, q).value),
      ),
  });
