import type { Change } from '../../../checker/language/index.ts';
import type { WatchBounds } from './client.ts';
import type { WatchRules } from './rules.ts';

/** What the client's view of the order rests on: without each of these, something else breaks. */
export const watchChanges: Readonly<Record<string, Change<WatchBounds, WatchRules>>> = {
  answersOvertake: {
    about: 'Answers overtake the notifications that wait on the same connection',
    source: "seeded; Programmer's Guide: a client sees the watch event before the new data",
    rules: {
      enqueued: (sent, packet) => (packet.kind === 'event' ? [...sent, packet] : [packet, ...sent]),
    },
    breaks: ['watchBeforeData', 'changeIsHeardOf'],
    at: { writes: 1, disconnects: 0 },
  },
  notificationsLost: {
    about: 'Notifications are dropped',
    source: 'seeded',
    rules: { enqueued: (sent, packet) => (packet.kind === 'event' ? sent : [...sent, packet]) },
    breaks: ['watchBeforeData', 'changeIsHeardOf'],
    at: { writes: 1, disconnects: 0 },
  },
  notificationsReversed: {
    about: 'The latest notification goes first',
    source: 'seeded',
    rules: {
      enqueued: (sent, packet) => (packet.kind === 'event' ? [packet, ...sent] : [...sent, packet]),
    },
    breaks: ['eventsInOrder'],
    at: { disconnects: 0 },
  },
  watchesStay: {
    about: 'A watch stays when it has fired',
    source: 'seeded; persistent watches (ZOOKEEPER-1416) stay on purpose',
    rules: { watchesAfter: (before) => before },
    breaks: ['oneShot'],
    at: { disconnects: 0 },
  },
  watchesForgotten: {
    about: 'A client that connects again does not hand over its watches',
    source: 'ZOOKEEPER-23, repaired in 3.0.0; zookeeper.disableAutoWatchReset',
    rules: { handsOverWatches: false },
    breaks: ['changeIsHeardOf', 'watchBeforeData'],
    at: { writes: 1 },
  },
  anyServerWillDo: {
    about: 'A server accepts a client that has seen more than it has applied',
    source: 'seeded; ZooKeeperServer.processConnectRequest, CLIENT_ZXID_AHEAD',
    rules: { acceptsClient: () => true },
    breaks: ['monotonicReads', 'syncIsRecent'],
    at: { writes: 1 },
  },
  syncLocally: {
    about: 'A server answers sync by what it has applied itself',
    source: 'seeded; FollowerRequestProcessor sends sync to the leader',
    rules: { syncTo: (_, applied) => applied },
    breaks: ['syncIsRecent'],
    at: { writes: 1, disconnects: 0 },
  },
};
