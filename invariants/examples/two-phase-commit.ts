import { pairs, properties, range } from '../../checker/language/index.ts';
import { twoPhaseCommit } from '../../model/examples/two-phase-commit.ts';

export default properties(twoPhaseCommit)
  .always('consistent', {
    about: 'No resource manager has committed while another has aborted',
    source: 'TCommit: TCConsistent',
    each: (p) => pairs(range(p.resourceManagers)),
    premise: (s, [a]) => s.rmState(a).value === 'committed',
    holds: (s, [a, b]) =>
      s.rmState(b).value !== 'aborted' || `resource manager ${a} has committed and ${b} has aborted`,
  })
  .reachable('canCommit', {
    when: (s, p) => range(p.resourceManagers).every((rm) => s.rmState(rm).value === 'committed'),
  })
  .reachable('canAbort', {
    when: (s, p) => range(p.resourceManagers).every((rm) => s.rmState(rm).value === 'aborted'),
  });
