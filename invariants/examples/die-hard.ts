import { properties } from '../../checker/language/index.ts';
import { dieHard } from '../../model/examples/die-hard.ts';

export default properties(dieHard).reachable('fourLitres', {
  about: 'The puzzle has a solution',
  when: (s) => s.big.value === 4,
});
