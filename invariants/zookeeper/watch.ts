import { properties, type StateOf } from '../../checker/language/index.ts';
import { nodeAt } from '../../model/zookeeper/store/tree.ts';
import { type Held, NODE, revealed, SERVERS } from '../../model/zookeeper/watch/client.ts';
import { watch } from '../../model/zookeeper/watch.ts';

type State = StateOf<typeof watch>;

/** Whether what a held watch waits for is committed. */
function changedSince(s: State, { kind, since }: Held): boolean {
  const node = nodeAt(s.leader.value, NODE);
  if (kind === 'exist') return node !== undefined;
  if (node === undefined) return true;
  return (kind === 'data' ? node.mzxid : node.pzxid) > since;
}

/** The guarantees that the Programmer's Guide gives for reads and watches. */
export default properties(watch)
  .step('watchBeforeData', {
    about: 'A client hears of a change that it watches for before it sees the new state (W1)',
    source: 'Programmer\'s Guide, "What ZooKeeper Guarantees about Watches"',
    on: ['deliver'],
    premise: (before) => before.toClient.head?.kind === 'read' && before.client.value.held.length > 0,
    holds(before) {
      const packet = before.toClient.head;
      if (packet?.kind !== 'read') return true;
      const early = before.client.value.held.find((held) => revealed(held, packet));
      return (
        early === undefined ||
        `the answer to ${packet.read} shows what a ${early.kind} watch, set at zxid ${early.since}, has not told`
      );
    },
  })
  .step('oneShot', {
    about:
      'A client hears of nothing that it does not watch for, since a watch fires once (W2); but of the end of a node twice, if it has handed over two watches',
    source: 'Programmer\'s Guide, "Watches are one time triggers"',
    on: ['deliver'],
    premise(before) {
      const packet = before.toClient.head;
      return packet?.kind === 'event' && packet.type !== 'NodeDeleted';
    },
    holds(before, _, __, ___, { usedUp }) {
      const packet = before.toClient.head;
      if (packet?.kind !== 'event' || packet.type === 'NodeDeleted') return true;
      return (
        before.client.value.held.some(({ kind }) => usedUp(packet.type, kind)) ||
        `${packet.type} comes to a client that has no watch left for it`
      );
    },
  })
  .always('eventsInOrder', {
    about: 'Notifications come in the order of the changes (W4)',
    source: "Programmer's Guide: the order of watch events corresponds to the order of the updates",
    premise: (s) => s.toClient.value.filter(({ kind }) => kind === 'event').length > 1,
    holds(s) {
      const zxids = s.toClient.value.filter(({ kind }) => kind === 'event').map(({ zxid }) => zxid);
      return (
        zxids.every((zxid, i) => i === 0 || zxid >= (zxids[i - 1] ?? 0)) || `they come as ${zxids.join(', ')}`
      );
    },
  })
  .step('monotonicReads', {
    about:
      'What a client reads is never older than what it has read or written before, on whatever server (R1, R2)',
    source: "Programmer's Guide: single system image",
    on: ['deliver'],
    premise: (before) => before.toClient.head !== undefined && before.toClient.head.kind !== 'event',
    holds(before) {
      const [packet, { lastZxid }] = [before.toClient.head, before.client.value];
      if (packet === undefined || packet.kind === 'event') return true;
      return (
        packet.zxid >= lastZxid || `an answer of zxid ${packet.zxid} comes after one of zxid ${lastZxid}`
      );
    },
  })
  .step('syncIsRecent', {
    about: 'A read after a sync sees what was committed when the sync was sent (R4)',
    source: 'Programmer\'s Guide, "Consistency Guarantees": sync before the read',
    on: ['deliver'],
    premise: (before) => before.toClient.head?.kind === 'read' && before.syncedAt.value.answered > 0,
    holds(before) {
      const packet = before.toClient.head;
      if (packet?.kind !== 'read') return true;
      const { answered } = before.syncedAt.value;
      return packet.zxid >= answered || `zxid ${answered} was committed, the read shows zxid ${packet.zxid}`;
    },
  })
  .reachable('staleRead', {
    about: 'A client gets an answer that is older than what is committed (R3)',
    source: "Programmer's Guide: simultaneously consistent cross-client views are not guaranteed",
    when: (s) =>
      s.toClient.value.some((packet) => packet.kind === 'read' && packet.zxid <= s.committed.value.length),
  })
  .reachable('serversApart', {
    about: 'One server is two writes behind the other',
    applies: (p) => p.writes > 1,
    when: (s) => {
      const [a = 0, b = 0] = SERVERS.map((at) => s.server(at).value.zxid);
      return Math.abs(a - b) > 1;
    },
  })
  .reachable('creationMissed', {
    about:
      'A node was created and deleted while a client that waited for it was not connected: it never hears of that',
    source:
      "Programmer's Guide: a watch for the existence of a znode will be missed if it is created and deleted while disconnected",
    applies: (p) => p.writes > 2 && p.disconnects > 0,
    when(s) {
      const { held, server } = s.client.value;
      const exist = held.find(({ kind }) => kind === 'exist');
      if (exist === undefined || server === null || s.toClient.length > 0 || nodeAt(s.leader.value, NODE))
        return false;
      const { zxid } = s.server(server).value;
      return zxid > s.committed.value.length && zxid >= exist.since + 2;
    },
  })
  .temporal('changeIsHeardOf', {
    about: 'A client whose watch waits for a change that is committed hears of it (W3)',
    source: "Programmer's Guide: watches are maintained locally, and handed over on reconnect",
    each: () => ['data', 'exist', 'children'] as const,
    from: (s, kind) => s.client.value.held.some((held) => held.kind === kind && changedSince(s, held)),
    leadsTo: (s, kind) => !s.client.value.held.some((held) => held.kind === kind && changedSince(s, held)),
  });
