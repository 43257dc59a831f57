import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { configure } from '../../../../checker/language/configure.ts';
import { Space } from '../../../../checker/space/space.ts';
import { Successors } from '../../../../checker/space/successors.ts';
import zabImplementation from '../../../../invariants/zookeeper/zab-implementation.ts';
import { learnerRules } from '../../../../model/zookeeper/zab/learner-rules.ts';
import {
  commitInSync,
  type LearnerSync,
  proposalInSync,
  startSync,
  takeCommitted,
  treeOf,
} from '../../../../model/zookeeper/zab/learner-sync.ts';

// ZOOKEEPER-4394 as ZooKeeper 3.8.0 shows it: server 1 was stopped, joins again, and dies of a COMMIT before UPTODATE.

const log = gunzipSync(
  readFileSync(
    new URL('../../../fixtures/zookeeper-logs/k-follower-pause-3/server-1.log.gz', import.meta.url),
  ),
).toString();

interface Packet {
  readonly type: string;
  readonly zxid: number;
}

interface Attempt {
  readonly packets: Packet[];
  died: boolean;
}

/** What server 1 received from each DIFF on, up to UPTODATE or an exception on "pif", the proposal in flight. */
function attempts(): Attempt[] {
  const all: Attempt[] = [];
  let current: Attempt | undefined;
  for (const line of log.split('\n')) {
    const packet = / - i (DIFF|PROPOSAL|COMMIT|NEWLEADER|UPTODATE) (\w+) /.exec(line);
    if (packet) {
      const [, type = '', zxid = ''] = packet;
      if (type === 'DIFF') {
        current = { packets: [], died: false };
        all.push(current);
      }
      current?.packets.push({ type, zxid: type === 'UPTODATE' ? -1 : Number.parseInt(zxid, 16) });
      if (type === 'UPTODATE') current = undefined;
    }
    if (current && line.includes('"pif" is null')) {
      current.died = true;
      current = undefined;
    }
  }
  return all;
}

/** Takes the packets through the rules of the sync loop: the place of the one that is refused, or none. */
function refusedAt(packets: readonly Packet[], afterNewLeader: (sync: LearnerSync) => LearnerSync): number {
  let state = { sync: startSync('DIFF', false), tree: treeOf([]) };
  return packets.findIndex(({ type, zxid }) => {
    if (type === 'NEWLEADER') state = { ...state, sync: afterNewLeader(state.sync) };
    if (type !== 'PROPOSAL' && type !== 'COMMIT') return false;
    const next =
      type === 'PROPOSAL'
        ? proposalInSync(state.sync, state.tree, { zxid, value: 0 })
        : commitInSync(state.sync, state.tree, zxid, learnerRules);
    if ('refused' in next) return true;
    state = next;
    return false;
  });
}

describe('the packets that the server logged', () => {
  const of380 = (sync: LearnerSync): LearnerSync => ({ ...sync, packetsNotLogged: [] });
  const ofHead = (sync: LearnerSync): LearnerSync => takeCommitted(sync).sync;

  test('it died twice, and served the third time', () => {
    expect(attempts().map(({ died, packets }) => [died, packets.length, packets.at(-1)?.type])).toEqual([
      [false, 3, 'UPTODATE'],
      [true, 66, 'COMMIT'],
      [true, 74, 'COMMIT'],
      [false, 79, 'UPTODATE'],
    ]);
  });

  test('the rules of 3.8.0 refuse exactly the packet that it died of, those of HEAD none', () => {
    for (const { packets, died } of attempts()) {
      expect(refusedAt(packets, of380)).toBe(died ? packets.length - 1 : -1);
      expect(refusedAt(packets, ofHead)).toBe(-1);
    }
  });
});

describe('the model, step by step as the log tells it', () => {
  // a: what was committed while server 1 was stopped. b: proposed when it joins again.
  const told = ['DIFF', 'PROPOSAL a', 'COMMIT a', 'PROPOSAL b', 'NEWLEADER', 'COMMIT b'];

  const steps = `
    disconnect(1)
    request(3) learnerReceives(2, 3) log(2) ack(2) leaderReceives(3, 2) log(3) ack(3) apply(3)
    join(1, 3) request(3) syncFollower(3, 1)
    learnerReceives(1, 3) learnerReceives(1, 3) learnerReceives(1, 3) learnerReceives(1, 3)
    learnerReceives(1, 3) learnerReceives(1, 3) learnerReceives(1, 3)
    learnerReceives(2, 3) learnerReceives(2, 3) log(2) ack(2) leaderReceives(3, 2) log(3) ack(3)
    learnerReceives(1, 3)`;

  /** The packets that server 1 takes in the steps, once each, and what of them is refused in the end. */
  function run(era: string) {
    const set = { era, transactions: 2, crashes: 0, disconnects: 1 };
    const space = new Space(configure(zabImplementation, { set }));
    const taken = steps.match(/\w+\([\d, ]+\)/g) ?? [];
    let state = Int32Array.from(space.initial[0] ?? []);
    const packets: string[] = [];
    for (const step of taken) {
      const before = space.valuesOf(state);
      state = after(space, state, step);
      const [head] = before['net(3, 1)'] as readonly ModelPacket[];
      const gone = (space.valuesOf(state)['net(3, 1)'] as readonly ModelPacket[])[0] !== head;
      if (step === 'learnerReceives(1, 3)' && head && gone) packets.push(inLetters(head));
    }
    return { packets, refused: space.valuesOf(state).refused };
  }

  test('the log tells so, but for the number of transactions', () => {
    const died = attempts()[1]?.packets ?? [];
    const newLeader = died.findIndex(({ type }) => type === 'NEWLEADER');
    const [b, after] = [died[newLeader - 1], died[newLeader + 1]];
    const pairs = died.slice(1, newLeader - 1);
    expect(pairs.map(({ type }) => type)).toEqual(
      Array.from({ length: pairs.length / 2 }, () => ['PROPOSAL', 'COMMIT']).flat(),
    );
    expect([b?.type, after?.type, after?.zxid]).toEqual(['PROPOSAL', 'COMMIT', b?.zxid]);
    expect(died).toHaveLength(newLeader + 2);
  });

  test('as 3.8.0 the model gets there, and refuses the COMMIT', () => {
    expect(run('3.9.1')).toEqual({ packets: told, refused: 'badCommit' });
  });

  test('as HEAD it takes the same packets, and finds the proposal', () => {
    expect(run('head')).toEqual({ packets: told, refused: null });
  });
});

interface ModelPacket {
  readonly type: string;
  readonly zxid?: number;
  readonly txn?: { readonly zxid: number };
}

/** PROPOSAL a: transactions of the run are (1,2) and (1,3), what DIFF and NEWLEADER name does not matter. */
function inLetters({ type, zxid, txn }: ModelPacket): string {
  const counter = (txn?.zxid ?? zxid ?? 0) % 2 ** 32;
  return type === 'PROPOSAL' || type === 'COMMIT' ? `${type} ${counter === 2 ? 'a' : 'b'}` : type;
}

function after(space: Space, state: Int32Array, step: string): Int32Array<ArrayBuffer> {
  const successors = new Successors();
  space.transitions.expand(state, successors);
  const { instances } = space.transitions;
  for (let i = 0; i < successors.count; i++) {
    if (instances[successors.instance.at(i)]?.name !== step) continue;
    const next = Int32Array.from(state);
    successors.applyTo(next, i);
    return next;
  }
  throw new Error(`${step} is not possible here`);
}
