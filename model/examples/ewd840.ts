import { z } from 'zod';
import { anyOf, defineModel, family, pairs, range, single } from '../../checker/language/index.ts';

const Color = z.enum(['white', 'black']);
type Color = z.infer<typeof Color>;

/**
 * Termination detection on a ring (tlaplus/Examples, ewd840/EWD840; Dijkstra, Feijen and van Gasteren, EWD 840,
 * "Derivation of a termination detection algorithm for distributed computations"). A token travels from the highest
 * node down to node 0, which concludes from a white one that all are passive. It may start anywhere, black.
 */
export const ewd840 = defineModel('examples/ewd840', {
  about: 'Node 0 of a ring learns from a token that all nodes are passive',
  params: z.strictObject({ nodes: z.int().min(2).max(9).default(3) }),
})
  .rules({
    /** The colour of a node once it has sent a message; going up, a message overtakes the token. */
    senderColor: (from: number, to: number, color: Color): Color => (to > from ? 'black' : color),
    /** The colour of the token once a node has passed it on. */
    stainedBy: (node: Color, token: Color): Color => (node === 'black' ? 'black' : token),
  })
  .changes({
    senderStaysWhite: {
      about: 'A node that wakes another one behind the token does not remember it',
      source: 'seeded',
      rules: { senderColor: (_from, _to, color) => color },
      breaks: ['terminationDetection', 'dijkstrasInvariant', 'detectsOnceAndForAll'],
      at: { nodes: 2 },
    },
    tokenStaysWhite: {
      about: 'A black node passes the token on without staining it',
      source: 'seeded',
      rules: { stainedBy: (_node, token) => token },
      breaks: ['terminationDetection', 'dijkstrasInvariant', 'detectsOnceAndForAll'],
      at: { nodes: 2 },
    },
  })
  .components((p) => ({
    active: family(range(p.nodes), z.boolean(), { lane: 'node' }),
    color: family(range(p.nodes), Color, { lane: 'node' }),
    tokenAt: single(
      z
        .int()
        .min(0)
        .max(p.nodes - 1),
    ),
    tokenColor: single(Color),
  }))
  .init((p) => ({
    active: anyOf([true, false]),
    color: anyOf(['white', 'black']),
    tokenAt: anyOf(range(p.nodes)),
    tokenColor: 'black',
  }))
  .action('initiateProbe', {
    fairness: { weak: 'System' },
    next(s, _, p) {
      if (s.tokenAt.value !== 0) return;
      if (s.tokenColor.value === 'white' && s.color(0).value === 'white') return;
      return [s.tokenAt.set(p.nodes - 1), s.tokenColor.set('white'), s.color(0).set('white')];
    },
    says: () => 'node 0 learned nothing and sends a white token around again',
  })
  .action('passToken', {
    each: (p) => range(p.nodes).slice(1),
    fairness: { weak: 'System' },
    next(s, i, _, { stainedBy }) {
      if (s.tokenAt.value !== i) return;
      const color = s.color(i).value;
      const token = s.tokenColor.value;
      if (s.active(i).value && color === 'white' && token === 'white') return;
      return [s.tokenAt.set(i - 1), s.tokenColor.set(stainedBy(color, token)), s.color(i).set('white')];
    },
    says: (i, { after }) => `node ${i} passes the token on, which is ${after.tokenColor.value} now`,
  })
  .action('sendMessage', {
    each: (p) => pairs(range(p.nodes)),
    next(s, [i, j], _, { senderColor }) {
      if (!s.active(i).value) return;
      return [s.active(j).set(true), s.color(i).set(senderColor(i, j, s.color(i).value))];
    },
    says: ([i, j], { after }) => `node ${i} sends node ${j} a message and is ${after.color(i).value}`,
  })
  .action('deactivate', {
    each: (p) => range(p.nodes),
    next(s, i) {
      if (!s.active(i).value) return;
      return [s.active(i).set(false)];
    },
    says: (i) => `node ${i} becomes passive`,
  })
  .deadlock(
    (s, p) =>
      s.tokenAt.value === 0 &&
      s.tokenColor.value === 'white' &&
      s.color(0).value === 'white' &&
      range(p.nodes).every((i) => !s.active(i).value),
  );
