import { z } from 'zod';
import { defineModel, family, range, single } from '../../checker/language/index.ts';

const RmState = z.enum(['working', 'prepared', 'committed', 'aborted']);
type RmState = z.infer<typeof RmState>;

/**
 * Two-phase commit of one transaction (tlaplus/Examples, transaction_commit/TwoPhase; Gray and Lamport, "Consensus on
 * Transaction Commit"). Messages are never lost and stay readable for ever, so that the set of messages is a flag each.
 */
export const twoPhaseCommit = defineModel('examples/two-phase-commit', {
  about: 'A transaction manager and resource managers commit or abort together',
  params: z.strictObject({
    resourceManagers: z.int().min(2).max(12).default(3),
  }),
})
  .rules({
    /** Whether a resource manager may abort on its own; once prepared it has promised not to. */
    mayAbort: (state: RmState): boolean => state === 'working',
  })
  .changes({
    preparedMayAbort: {
      about: 'A resource manager that has said it is prepared still aborts on its own',
      source: 'seeded',
      rules: { mayAbort: (state) => state === 'working' || state === 'prepared' },
      breaks: ['consistent'],
      at: { resourceManagers: 2 },
    },
  })
  .components((p) => {
    const managers = range(p.resourceManagers);
    return {
      rmState: family(managers, RmState),
      tmState: single(z.enum(['init', 'committed', 'aborted'])),
      tmPrepared: family(managers, z.boolean()),
      sentPrepared: family(managers, z.boolean()),
      sentCommit: single(z.boolean()),
      sentAbort: single(z.boolean()),
    };
  })
  .init(() => ({
    rmState: 'working',
    tmState: 'init',
    tmPrepared: false,
    sentPrepared: false,
    sentCommit: false,
    sentAbort: false,
  }))
  .symmetric('resourceManager', {
    keys: (p) => range(p.resourceManagers),
    components: ['rmState', 'tmPrepared', 'sentPrepared'],
  })
  .action('tmCommit', {
    next(s, _, p) {
      if (s.tmState.value !== 'init') return;
      if (!range(p.resourceManagers).every((rm) => s.tmPrepared(rm).value)) return;
      return [s.tmState.set('committed'), s.sentCommit.set(true)];
    },
    says: () => 'the transaction manager, having heard from all, commits',
  })
  .action('tmAbort', {
    next(s) {
      if (s.tmState.value !== 'init') return;
      return [s.tmState.set('aborted'), s.sentAbort.set(true)];
    },
    says: () => 'the transaction manager aborts',
  })
  .action('tmReceivePrepared', {
    each: (p) => range(p.resourceManagers),
    next(s, rm) {
      if (s.tmState.value !== 'init' || !s.sentPrepared(rm).value) return;
      return [s.tmPrepared(rm).set(true)];
    },
    says: (rm) => `the transaction manager learns that ${rm} is prepared`,
  })
  .action('prepare', {
    each: (p) => range(p.resourceManagers),
    next(s, rm) {
      if (s.rmState(rm).value !== 'working') return;
      return [s.rmState(rm).set('prepared'), s.sentPrepared(rm).set(true)];
    },
    says: (rm) => `resource manager ${rm} prepares and says so`,
  })
  .action('chooseToAbort', {
    each: (p) => range(p.resourceManagers),
    next(s, rm, _, { mayAbort }) {
      if (!mayAbort(s.rmState(rm).value)) return;
      return [s.rmState(rm).set('aborted')];
    },
    says: (rm) => `resource manager ${rm} decides to abort`,
  })
  .action('receiveCommit', {
    each: (p) => range(p.resourceManagers),
    next(s, rm) {
      if (!s.sentCommit.value) return;
      return [s.rmState(rm).set('committed')];
    },
    says: (rm) => `resource manager ${rm} is told to commit`,
  })
  .action('receiveAbort', {
    each: (p) => range(p.resourceManagers),
    next(s, rm) {
      if (!s.sentAbort.value) return;
      return [s.rmState(rm).set('aborted')];
    },
    says: (rm) => `resource manager ${rm} is told to abort`,
  });
