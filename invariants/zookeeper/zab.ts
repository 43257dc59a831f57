import { pairs, properties, type StateOf } from '../../checker/language/index.ts';
import { containsQuorum, type Sid } from '../../model/zookeeper/election/quorum-verifier.ts';
import { serversOf, verifierOf, type ZabParams } from '../../model/zookeeper/zab/protocol/params.ts';
import { contains, type History, isPrefix, lastZxid, sameTxn } from '../../model/zookeeper/zab/txn.ts';
import { describeHistory } from '../../model/zookeeper/zab/words.ts';
import { zab } from '../../model/zookeeper/zab.ts';
import { epochOf, formatZxid } from '../../model/zookeeper/zxid.ts';
import {
  beginsWithCommitted,
  establishedOnce,
  heldByQuorum,
  initialHistoriesGrow,
  isGapFree,
  latest,
} from './zab/histories.ts';

type State = StateOf<typeof zab>;

/** What Zab promises (I1 ... in the docstrings number the safety properties). Ghosts remember what restarts forget. */
export default properties(zab)
  .always('oneLeaderPerEpoch', {
    about: 'Two servers never establish, or lead past discovery in, one epoch (I1, primary uniqueness)',
    source: 'DSN 2011, primary uniqueness; public specification, Leadership1 and Leadership2',
    premise: (s) => s.established.value.length > 0,
    holds(s, _, p) {
      const once = establishedOnce(s.established.value);
      if (once !== true) return once;
      const leading = serversOf(p).filter((i) => isPastDiscovery(s, i));
      const epoch = (i: Sid) => s.disk(i).get('currentEpoch');
      const two = pairs(leading).find(([a, b]) => epoch(a) === epoch(b));
      return two === undefined || `servers ${two.join(' and ')} both lead epoch ${epoch(two[0])}`;
    },
  })
  .always('integrity', {
    about: 'What a server delivers was proposed by a primary, and is delivered once (I2)',
    source: 'DSN 2011, integrity',
    each: serversOf,
    premise: (s, i) => s.delivered(i).value.length > 0,
    holds(s, i) {
      const delivered = s.delivered(i).value;
      const sent = s.sent.value.map(({ txn }) => txn);
      const invented = delivered.find((txn) => !contains(sent, txn));
      if (invented) return `server ${i} delivered ${formatZxid(invented.zxid)}, which nobody proposed`;
      const twice = delivered.find((txn, at) => delivered.findIndex((other) => sameTxn(other, txn)) !== at);
      return twice === undefined || `server ${i} delivered ${formatZxid(twice.zxid)} twice`;
    },
  })
  .always('totalOrder', {
    about: 'What two servers have delivered is the same, up to the shorter one (I3, I4, I15)',
    source: 'DSN 2011, agreement and total order; public specification, PrefixConsistency',
    each: (p) => pairs(serversOf(p)).filter(([a, b]) => a < b),
    premise: (s, [a, b]) => s.delivered(a).value.length > 0 && s.delivered(b).value.length > 0,
    holds(s, [a, b]) {
      const [x, y] = [s.delivered(a).value, s.delivered(b).value];
      if (comparable(x, y)) return true;
      return `server ${a} delivered ${describeHistory(x)}, server ${b} ${describeHistory(y)}`;
    },
  })
  .always('localPrimaryOrder', {
    about:
      'Of all that one primary proposed, whoever delivers the later has delivered the earlier before (I5)',
    source:
      'DSN 2011, local primary order; the public specification quantifies existentially and cannot fail',
    each: serversOf,
    premise: (s, i) => s.delivered(i).value.length > 0 && s.sent.value.length > 1,
    holds(s, i) {
      const sent = s.sent.value;
      const delivered = s.delivered(i).value;
      const at = (txn: History[number]) => delivered.findIndex((other) => sameTxn(other, txn));
      for (const [n, { primary, txn: b }] of sent.entries()) {
        if (at(b) < 0) continue;
        const missed = sent.slice(0, n).find(({ primary: other, txn: a }) => {
          const together = other === primary && epochOf(a.zxid) === epochOf(b.zxid);
          return together && (at(a) < 0 || at(a) > at(b));
        });
        if (missed)
          return `server ${i} delivered ${formatZxid(b.zxid)} without ${formatZxid(missed.txn.zxid)} before it`;
      }
      return true;
    },
  })
  .always('globalPrimaryOrder', {
    about: 'Transactions of an earlier epoch are delivered before those of a later one (I6)',
    source: 'DSN 2011, global primary order',
    each: serversOf,
    premise: (s, i) => s.delivered(i).value.length > 1,
    holds(s, i) {
      const delivered = s.delivered(i).value;
      const back = delivered.find((txn, at) => at > 0 && txn.zxid <= (delivered[at - 1]?.zxid ?? 0));
      return back === undefined || `server ${i} delivered ${formatZxid(back.zxid)} after a later one`;
    },
  })
  .always('primaryIntegrity', {
    about:
      'Before it proposes, a primary has delivered all that anybody ever delivers of earlier epochs (I7)',
    source: 'DSN 2011, primary integrity',
    each: serversOf,
    premise: (s, i) => s.delivered(i).value.length > 0 && s.sent.value.length > 0,
    holds(s, i) {
      for (const { primary, txn, delivered } of s.sent.value) {
        const missed = s
          .delivered(i)
          .value.find((b) => epochOf(b.zxid) < epochOf(txn.zxid) && !contains(delivered, b));
        if (missed)
          return `server ${i} delivered ${formatZxid(missed.zxid)}, which primary ${primary} had not when it proposed ${formatZxid(txn.zxid)}`;
      }
      return true;
    },
  })
  .always('initialHistories', {
    about: 'The history that an epoch begins with begins with that of every epoch before it (I8)',
    source: 'EuroSys 2025, I-8 initial history integrity',
    premise: (s) => s.established.value.length > 1,
    holds: (s) => initialHistoriesGrow(s.established.value),
  })
  .always('historiesOfOneEpoch', {
    about: 'Of two servers whose history is of one epoch, one has the beginning of that of the other (I10)',
    source: 'EuroSys 2025, I-10 history consistency',
    each: (p) => pairs(serversOf(p)).filter(([a, b]) => a < b),
    premise: (s, [a, b]) =>
      s.disk(a).get('currentEpoch') > 0 &&
      s.disk(a).get('currentEpoch') === s.disk(b).get('currentEpoch') &&
      s.disk(a).get('history').length > 0,
    holds(s, [a, b]) {
      const [x, y] = [s.disk(a).get('history'), s.disk(b).get('history')];
      if (comparable(x, y)) return true;
      return `in epoch ${s.disk(a).get('currentEpoch')} server ${a} has ${describeHistory(x)}, server ${b} ${describeHistory(y)}`;
    },
  })
  .always('establishedOnQuorum', {
    about: 'The epoch that was established last is on the disks of a quorum (I9)',
    source: 'DSN 2011, synchronisation: a quorum has acked NEWLEADER',
    premise: (s) => s.established.value.length > 0,
    holds(s, _, p) {
      const epoch = latest(s.established.value)?.epoch ?? 0;
      const holders = serversOf(p).filter((i) => s.disk(i).get('currentEpoch') >= epoch);
      if (containsQuorum(verifierOf(p), holders)) return true;
      return `epoch ${epoch} is established, and on the disks of {${holders.join(', ')}} only`;
    },
  })
  .always('caughtUp', {
    about:
      'A synchronised learner with nothing under way to its leader or back is counted for all that was proposed, and has delivered all that is committed',
    source: 'DSN 2011, agreement; without it a transaction waits for ever for a server that is down',
    each: (p) => pairs(serversOf(p)),
    premise: (s, [l, j]) =>
      s.refused.value === null &&
      (s.leader(l).value?.synced ?? []).includes(j) &&
      s.net(l, j).length === 0 &&
      s.net(j, l).length === 0,
    holds(s, [l, j]) {
      const { outstandingProposals = [], unsent = [] } = s.leader(l).value ?? {};
      const missing = outstandingProposals.find(
        ({ txn, acks }) => !acks.includes(j) && !contains(unsent, txn),
      );
      if (missing) return `leader ${l} does not count learner ${j} for ${formatZxid(missing.txn.zxid)}`;
      const [committed, delivered] = [s.role(l).get('delivered'), s.role(j).get('delivered')];
      return committed === delivered || `leader ${l} has delivered ${committed}, learner ${j} ${delivered}`;
    },
  })
  .always('committedOnQuorum', {
    about: 'All that was ever committed is on the disks of a quorum (I16)',
    source: 'the promise behind every acknowledged write',
    premise: (s) => s.committed.value.length > 0,
    holds(s, _, p) {
      const committed = s.committed.value;
      const holders = serversOf(p).filter((i) => isPrefix(committed, s.disk(i).get('history')));
      return heldByQuorum(committed, holders, verifierOf(p));
    },
  })
  .always('leaderCompleteness', {
    about: 'The leader of the latest epoch has all that was ever committed (I17)',
    source: 'public specification, leaderLogCompleteness',
    premise: (s) => s.committed.value.length > 0 && s.established.value.length > 1,
    holds: leaderCompleteness,
  })
  .step('deliveredStays', {
    about: 'What a server has delivered is never delivered differently, not after a restart either (I18)',
    source: 'public specification, CommittedLogDurability and MonotonicRead',
    on: ['leaderReceives', 'followerReceives'],
    premise: (before, _, { instance }) => before.delivered(Number(first(instance))).value.length > 0,
    holds(before, after, { instance }) {
      const i = Number(first(instance));
      if (isPrefix(before.delivered(i).value, after.delivered(i).value)) return true;
      return `server ${i} had delivered ${describeHistory(before.delivered(i).value)}, and now delivers ${describeHistory(after.delivered(i).value)}`;
    },
  })
  .always('zxidsGapFree', {
    about: 'Zxids of a history increase, one by one within an epoch (I21)',
    source: 'Learner.enforceContinuousProposal, ZOOKEEPER-4925',
    each: serversOf,
    premise: (s, i) => s.disk(i).get('history').length > 0,
    holds(s, i) {
      const history = s.disk(i).get('history');
      return isGapFree(history) || `server ${i} has ${describeHistory(history)}`;
    },
  })
  .always('epochOrder', {
    about: 'acceptedEpoch ≥ currentEpoch ≥ the epoch of the last transaction, on every disk (I22)',
    source: 'QuorumPeer.loadDataBase refuses to start otherwise; ZOOKEEPER-2307',
    applies: (p) => p.newLeader !== 'historyFirst', // there the history may be ahead for one step
    each: serversOf,
    premise: (s, i) => s.disk(i).get('currentEpoch') > 0,
    holds(s, i) {
      const { acceptedEpoch, currentEpoch, history } = s.disk(i).value;
      if (acceptedEpoch >= currentEpoch && currentEpoch >= epochOf(lastZxid(history))) return true;
      return `server ${i} has accepted ${acceptedEpoch}, is in ${currentEpoch} and has ${formatZxid(lastZxid(history))}`;
    },
  })
  .step('epochsGrow', {
    about: 'acceptedEpoch and currentEpoch of a server never decrease (I23)',
    source: 'DSN 2011, f.p and f.a',
    on: ['leaderReceives', 'followerReceives', 'restart'],
    premise: (before, _, { instance }) => before.disk(Number(first(instance))).get('acceptedEpoch') > 0,
    holds(before, after, { instance }) {
      const i = Number(first(instance));
      const [was, is] = [before.disk(i).value, after.disk(i).value];
      if (is.acceptedEpoch >= was.acceptedEpoch && is.currentEpoch >= was.currentEpoch) return true;
      return `server ${i} had accepted ${was.acceptedEpoch} and was in ${was.currentEpoch}; now it is ${is.acceptedEpoch} and ${is.currentEpoch}`;
    },
  })
  .always('nothingRefused', {
    about:
      'No message comes that its receiver cannot take: wrong phase, ack, proposal or commit (I11 to I14)',
    source: "the code's own assertions and exits; EuroSys 2025, I-11 to I-14",
    holds: (s) => s.refused.value === null || `${s.refused.value}: a message that its receiver cannot take`,
  })
  .reachable('committedEverywhere', {
    about: 'All transactions of a run are delivered by every server',
    applies: (p) => p.transactions > 0,
    when: (s, p) => serversOf(p).every((i) => s.delivered(i).value.length === p.transactions),
  })
  .reachable('committedWithoutAll', {
    about: 'A transaction is committed that a server does not have',
    source: 'DSN 2011: a quorum is enough',
    applies: (p) => p.servers > 2 && p.transactions > 0,
    when: (s, p) => serversOf(p).some((i) => !isPrefix(s.committed.value, s.disk(i).get('history'))),
  })
  .reachable('secondEpoch', {
    about: 'A second epoch is established after something was committed in the first',
    applies: (p) => p.transactions > 0 && p.elections > 1 && p.timeouts + p.restarts > 0,
    when: (s) => (s.established.value[1]?.history.length ?? 0) > 0,
  });

const comparable = (x: History, y: History) => isPrefix(x, y) || isPrefix(y, x);

const first = (instance: unknown) => (Array.isArray(instance) ? instance[0] : instance);

const isPastDiscovery = (s: State, i: Sid): boolean =>
  s.role(i).get('state') === 'LEADING' && s.role(i).get('phase') !== 'discovery';

function leaderCompleteness(s: State, _: unknown, p: ZabParams) {
  const last = latest(s.established.value);
  if (last === undefined) return true;
  const leads = serversOf(p).includes(last.leader) && s.role(last.leader).get('phase') === 'broadcast';
  const epoch = s.disk(last.leader).get('currentEpoch');
  const now = leads && s.role(last.leader).get('state') === 'LEADING' && epoch === last.epoch;
  return beginsWithCommitted(
    s.committed.value,
    now ? { ...last, history: s.disk(last.leader).get('history') } : last,
  );
}
