import { z } from 'zod';
import {
  choose,
  type DeepReadonly,
  defineModel,
  family,
  range,
  ref,
  setOf,
  single,
} from '../../checker/language/index.ts';
import { maximalIsr, without } from './replication/isr.ts';

const AsyncIsrParams = z.strictObject({
  replicas: z.int().min(1).max(5).default(3).describe('replicas of the partition; replica 0 leads'),
  maxOffset: z.int().min(1).max(5).default(1).describe('records written'),
  maxVersion: z.int().min(0).max(5).default(2).describe('changes of the ISR'),
});
type AsyncIsrParams = DeepReadonly<z.output<typeof AsyncIsrParams>>;

const LEADER = 0;
const replicasOf = (p: AsyncIsrParams): readonly number[] => range(p.replicas);
export const followersOf = (p: AsyncIsrParams): readonly number[] => replicasOf(p).slice(1);
const Isr = setOf(ref('offset', { min: 0 }));

/** An ISR with its version: the partition epoch of AlterPartition. */
const Versioned = z.strictObject({ isr: Isr, version: z.int().min(0) });
type Versioned = DeepReadonly<z.output<typeof Versioned>>;

const Leader = z.strictObject({ ...Versioned.shape, pendingIsr: Isr });
type Leader = DeepReadonly<z.output<typeof Leader>>;

/** The rules on which the high watermark rests. */
export interface AsyncIsrRules {
  /** Whose offsets the high watermark waits for. */
  readonly countedIsr: (leader: Leader) => readonly number[];
  /** Whether the controller takes a proposal that was made at this version. */
  readonly accepts: (controller: Versioned, proposal: Versioned) => boolean;
}

export const asyncIsrRules: AsyncIsrRules = {
  countedIsr: maximalIsr,
  accepts: (controller, proposal) => proposal.version === controller.version,
};

/** The largest offset that all counted replicas have. */
export const highWatermark = (isr: readonly number[], offset: (replica: number) => number): number =>
  Math.min(...isr.map(offset));

const braces = (isr: readonly number[]): string => `{${isr.join(', ')}}`;

/**
 * A leader whose ISR changes are asked of the controller and answered later (KIP-497), as in AsyncIsr.tla of
 * hachikuji/kafka-specification. Requests and answers are sets: they may be overtaken, repeated and lost.
 */
export const asyncIsr = defineModel('kafka/async-isr', {
  about: 'A leader and a controller change the ISR at a distance; the high watermark must be safe in between',
  params: AsyncIsrParams,
})
  .rules({ ...asyncIsrRules })
  .changes({
    countsPendingIsrOnly: {
      about: 'The high watermark waits for the proposed ISR alone, as if it were decided',
      source: 'KIP-497; AsyncIsr.tla',
      rules: { countedIsr: ({ isr, pendingIsr }) => (pendingIsr.length > 0 ? pendingIsr : isr) },
      breaks: ['validHighWatermark'],
      at: { replicas: 2 },
    },
    countsCommittedIsrOnly: {
      about:
        'The high watermark waits for the last known ISR alone, although the proposed one may be in force',
      source: 'KIP-497; AsyncIsr.tla',
      rules: { countedIsr: ({ isr }) => isr },
      breaks: ['validHighWatermark'],
      at: { replicas: 2 },
    },
    withoutVersionCheck: {
      about: 'The controller takes a proposal that was made for an older ISR',
      source: 'KIP-497; AsyncIsr.tla, ControllerHandleRequest',
      rules: { accepts: () => true },
      breaks: ['validHighWatermark'],
    },
  })
  .components((p) => ({
    controller: single(Versioned),
    leader: single(Leader),
    /** What the leader knows of each replica; its own entry is where its log ends. */
    offset: family(replicasOf(p), z.int().min(0).max(p.maxOffset)),
    requests: single(setOf(Versioned)),
    updates: single(setOf(Versioned)),
  }))
  .init((p) => {
    const isr = [...replicasOf(p)];
    return {
      controller: { isr, version: 0 },
      leader: { isr, version: 0, pendingIsr: [] },
      offset: 0,
      requests: [],
      updates: [],
    };
  })
  .action('controllerShrinkIsr', {
    each: followersOf,
    next(s, id, p) {
      const { isr, version } = s.controller.value;
      if (!isr.includes(id) || version === p.maxVersion) return;
      const next = { isr: without(isr, [id]), version: version + 1 };
      return [s.controller.set(next), s.updates.set([...s.updates.value, next])];
    },
    says: (id, { after }) =>
      `the controller takes ${id} out of the ISR, version ${after.controller.get('version')}`,
  })
  .action('controllerHandleRequest', {
    next(s, _, p, rules) {
      const { version } = s.controller.value;
      if (version === p.maxVersion) return;
      return choose(
        s.requests.value.filter((request) => rules.accepts(s.controller.value, request)),
        ({ isr }) => {
          const next = { isr, version: version + 1 };
          return [s.controller.set(next), s.updates.set([...s.updates.value, next])];
        },
        ({ isr, version: asked }) => `${braces(isr)} at version ${asked}`,
      );
    },
    says: (_, { label, after }) =>
      `the controller accepts ${label}, which is now version ${after.controller.get('version')}`,
  })
  .action('leaderRequestShrinkIsr', {
    each: followersOf,
    next(s, id) {
      const { isr, version, pendingIsr } = s.leader.value;
      if (!isr.includes(id)) return;
      const smaller = without(isr, [id]);
      return [
        s.requests.set([...s.requests.value, { isr: smaller, version }]),
        s.leader.patch({ pendingIsr: [...pendingIsr, ...smaller] }),
      ];
    },
    says: (id, { before }) => `the leader asks to take ${id} out of version ${before.leader.get('version')}`,
  })
  .action('leaderRequestExpandIsr', {
    each: followersOf,
    next(s, id, _, rules) {
      const { isr, version, pendingIsr } = s.leader.value;
      if (isr.includes(id)) return;
      const committed = highWatermark(rules.countedIsr(s.leader.value), (r) => s.offset(r).value);
      if (s.offset(id).value < committed) return;
      const larger = [...isr, id];
      return [
        s.requests.set([...s.requests.value, { isr: larger, version }]),
        s.leader.patch({ pendingIsr: [...pendingIsr, ...larger] }),
      ];
    },
    says: (id, { before }) => `the leader asks to add ${id} to version ${before.leader.get('version')}`,
  })
  .action('leaderWrite', {
    next(s, _, p) {
      const end = s.offset(LEADER).value;
      return end === p.maxOffset ? undefined : [s.offset(LEADER).set(end + 1)];
    },
    says: () => 'the leader appends a record',
  })
  .action('leaderHandleUpdate', {
    next(s) {
      const known = s.leader.get('version');
      return choose(
        s.updates.value.filter(({ version }) => version > known),
        (update) => [s.leader.set({ ...update, pendingIsr: [] })],
        ({ version }) => `version ${version}`,
      );
    },
    says: (_, { label, after }) =>
      `the leader learns of ${label} of the ISR: ${braces(after.leader.get('isr'))}`,
  })
  .action('followerReplicate', {
    each: followersOf,
    next(s, id) {
      const end = s.offset(id).value;
      return end < s.offset(LEADER).value ? [s.offset(id).set(end + 1)] : undefined;
    },
    says: (id, { after }) => `${id} fetches, and has ${after.offset(id).value} records`,
  })
  .deadlock('allowed'); // the bounds end every run
