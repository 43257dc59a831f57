import { properties } from '../../checker/language/index.ts';
import { clientsOf } from '../../model/zookeeper/session/params.ts';
import { session } from '../../model/zookeeper/session.ts';

/** What sessions promise: to others that the ephemerals of a dead client go, to a client that lives that its own stay. */
export default properties(session)
  .always('ephemeralsHaveSessions', {
    about: 'An ephemeral znode exists only while the session that owns it does (E1, E2)',
    source: 'DataTree.killSession: closeSession deletes them in one transaction',
    premise: (s) => s.tree.value.nodes.length > 0,
    holds(s) {
      const { nodes, sessions } = s.tree.value;
      const left = nodes.find(({ owner }) => owner !== null && !sessions.includes(owner));
      return left === undefined || `${left.path} belongs to session ${left.owner}, which is closed`;
    },
  })
  .step('closedForGood', {
    about: 'A session that the leader has begun to close is never open again',
    source: 'SessionTrackerImpl.setSessionClosing, touchSession',
    premise: (before, _, __, p) => clientsOf(p).some((i) => before.tracker(i).value.state !== 'open'),
    holds(before, after, _, p) {
      const back = clientsOf(p).find(
        (i) => before.tracker(i).value.state !== 'open' && after.tracker(i).value.state === 'open',
      );
      return (
        back === undefined || `session ${back} was ${before.tracker(back).value.state} and is open again`
      );
    },
  })
  .step('liveClientKeepsSession', {
    about: 'No session expires of a client that lives and has sent something within the session timeout (E3)',
    source: "ZooKeeper Programmer's Guide: sessions; SessionTrackerImpl",
    on: ['expire'],
    premise: (before, after, _, p) =>
      clientsOf(p).some((i) => before.tracker(i).value.state !== after.tracker(i).value.state),
    holds(before, after, _, p) {
      const live = clientsOf(p).find(
        (i) =>
          before.tracker(i).value.state !== after.tracker(i).value.state &&
          before.client(i).value.state !== 'dead' &&
          before.silent(i).value < p.timeout,
      );
      return (
        live === undefined ||
        `session ${live} expires ${before.silent(live).value} half ticks after its client has sent something, with a timeout of ${p.timeout}`
      );
    },
  })
  .reachable('lockChangesHands', {
    about: 'The lock of a client that died is taken by another',
    applies: (p) => p.clients > 1 && p.deaths > 0,
    when: (s) => s.tree.value.nodes.some(({ owner }) => owner !== 1),
  })
  .reachable('twoBelieve', {
    about:
      'Two clients think that they hold the lock: the old holder has not heard yet that its session is over (E4)',
    source: 'ZooKeeper recipes: locks; why writes need an epoch as a fence',
    applies: (p) => p.clients > 1 && p.pauses > 0 && p.pauseOf === 'client' && p.pauseLength > p.timeout,
    when: (s, p) => clientsOf(p).filter((i) => s.believes(i).value).length > 1,
  })
  .temporal('deadClientsLockGoes', {
    about: 'In the end the ephemerals of a client that died are gone',
    source: "ZooKeeper Programmer's Guide: ephemeral nodes",
    applies: (p) => p.deaths > 0,
    each: clientsOf,
    from: (s, i) => s.client(i).value.state === 'dead',
    leadsTo: (s, i) => !s.tree.value.nodes.some(({ owner }) => owner === i),
  })
  .temporal('hearsOfItsEnd', {
    about: 'In the end a client is connected, or it knows that its session is over',
    source: 'ClientCnxn.SendThread.onConnected',
    applies: (p) => p.pauses + p.disconnects > 0,
    each: clientsOf,
    from: (s, i) => s.client(i).value.state === 'connecting',
    leadsTo: (s, i) => s.client(i).value.state !== 'connecting',
  });
