import { defineModel, pairs, product } from '../../checker/language/index.ts';
import { connect, loseConnections } from './election/faults.ts';
import { lookAgain, startedServer, updateElectionVote } from './election/server.ts';
import { electionSteps } from './election/steps.ts';
import { ensembleChanges } from './ensemble/changes.ts';
import { type EnsembleView, ensembleComponents } from './ensemble/components.ts';
import { discover, giveUp, joinLater } from './ensemble/discovery.ts';
import { ensembleMutants } from './ensemble/mutants.ts';
import { EnsembleParams } from './ensemble/params.ts';
import { ensembleRules } from './ensemble/rules.ts';
import { ensembleStart, peerOf, restartedPeer } from './ensemble/start.ts';
import { zabBroadcast } from './zab/implementation/broadcast.ts';
import { groupsOf, serversOf, verifierOf } from './zab/implementation/params.ts';
import { die, leaveLeader, startAgain, stopLeading } from './zab/implementation/shutdown.ts';
import { formatZxid } from './zxid.ts';

const steps = electionSteps<EnsembleView, EnsembleParams>({
  servers: serversOf,
  verifiers: (p) => ({ current: verifierOf(p) }),
  peer: peerOf,
});

/**
 * FastLeaderElection and Zab in one: who is elected leads, who gives up looks again, and votes carry what Zab has left on disk
 * and in memory. Made of the actions and rules of zookeeper/election and zookeeper/zab-implementation; what is left out there is
 * left out here. Discovery is one step of a quorum, since it starts from what the election left behind (./ensemble/).
 */
export const ensemble = defineModel('zookeeper/ensemble', {
  about:
    'A whole ensemble: FastLeaderElection, and Zab as implemented, each starting from what the other one left',
  params: EnsembleParams,
})
  .rules(ensembleRules)
  .changes(ensembleChanges)
  .mutants(ensembleMutants)
  .components(ensembleComponents)
  .init(ensembleStart)
  .action('enter', steps.enter)
  .action('transmit', steps.transmit)
  .action('receive', steps.receive)
  .action('handle', steps.handle)
  .action('finalizePoll', steps.finalizePoll)
  .action('quiet', steps.quiet)
  .action('publishVote', {
    ...steps.publishVote,
    next(s, i) {
      const published = steps.publishVote.next(s, i);
      const { endVote, state } = s.server(i).value;
      if (published === undefined || endVote === null || state === 'OBSERVING') return;
      const peer = { state, phase: 'discovery', leader: endVote.leader, newLeaderSteps: 0 } as const;
      return [...published, s.peer(i).set(peer)];
    },
    says: (i, { after }) => {
      const { state, leader } = after.peer(i).value;
      return `server ${i} stores its vote and starts ${state === 'LEADING' ? 'to lead' : `to follow ${leader}`}`;
    },
  })
  .action('resend', steps.resend)
  .action('discover', {
    each: (p) =>
      product(
        serversOf(p),
        groupsOf(p).map((group) => group.join(',')),
      ).filter(([l, group]) => group.split(',').includes(String(l))),
    fairness: { weak: 'discover' },
    next: (s, [l, group], p, rules) => discover(s, l, group.split(',').map(Number), p, rules),
    says([l, group], { after }) {
      const accept = `{${group}} accept epoch ${after.epochs(l).value.acceptedEpoch}`;
      if (after.peer(l).value.state !== 'LEADING')
        return `${accept} of ${l}, which has no quorum without those ahead of it and gives up`;
      const ahead = group.split(',').filter((i) => after.peer(Number(i)).value.state === 'LOOKING');
      const left = ahead.length === 0 ? '' : `; {${ahead}} are ahead of it and lose their connections`;
      return `${accept} of their leader ${l}${left}`;
    },
  })
  .action('join', {
    each: serversOf,
    fairness: 'weak',
    next: (s, j, _, rules) => joinLater(s, j, rules),
    says: (j, { before, after }) => {
      const { leader } = before.peer(j).value;
      return after.peer(j).value.state === 'FOLLOWING'
        ? `server ${j} joins leader ${leader}, its last zxid is ${formatZxid(before.tree(j).value.lastProcessed)}`
        : `server ${j} finds that leader ${leader} has an older epoch than it accepted, and leaves`;
    },
  })
  .include(zabBroadcast)
  .action('updateElectionVote', {
    each: serversOf,
    fairness: 'weak',
    next(s, i) {
      if (s.peer(i).get('phase') !== 'broadcast') return;
      const epoch = s.epochs(i).get('currentEpoch');
      if (s.server(i).get('currentVote').peerEpoch === epoch) return;
      return [s.server(i).set(updateElectionVote(s.server(i).value, epoch))];
    },
    says: (i, { after }) => `server ${i} puts epoch ${after.epochs(i).value.currentEpoch} into its vote`,
  })
  .action('lookAgain', {
    each: serversOf,
    fairness: 'weak',
    next(s, i) {
      if (s.server(i).get('step') !== 'out' || s.peer(i).get('state') !== 'LOOKING') return;
      return [s.server(i).set(lookAgain(s.server(i).value))];
    },
    says: (i) => `server ${i} is LOOKING again`,
  })
  .action('giveUp', {
    each: serversOf,
    fairness: 'weak',
    next: (s, i, p, rules) => giveUp(s, i, p, rules),
    says: (i, { before }) => {
      const { state, leader } = before.peer(i).value;
      return state === 'LEADING'
        ? `leader ${i} has no quorum and gives up (initLimit)`
        : `server ${i} does not find its leader ${leader} and gives up (initLimit)`;
    },
  })
  .action('timeout', {
    each: (p) => (p.giveUps > 0 ? serversOf(p) : []),
    next(s, i, p, rules) {
      const { state } = s.peer(i).value;
      if (s.giveUpBudget.value === 0 || state === 'LOOKING') return;
      const left = state === 'LEADING' ? stopLeading(s, i, p, rules) : leaveLeader(s, i, rules);
      return [s.giveUpBudget.set(s.giveUpBudget.value - 1), ...left];
    },
    says: (i, { before }) => `server ${i} gives up ${before.peer(i).value.state} (initLimit, syncLimit)`,
  })
  .action('disconnect', {
    each: (p) => (p.disconnects > 0 ? serversOf(p) : []),
    next(s, j, _, rules) {
      const { state, leader } = s.peer(j).value;
      if (s.disconnectBudget.value === 0 || state !== 'FOLLOWING') return;
      if (s.handler(leader, j).value.stage === 'none') return; // it has not reached its leader yet
      return [s.disconnectBudget.set(s.disconnectBudget.value - 1), ...leaveLeader(s, j, rules)];
    },
    says: (j, { before }) => `server ${j} and its leader ${before.peer(j).value.leader} lose each other`,
  })
  .action('crash', {
    each: (p) => (p.crashes > 0 ? serversOf(p) : []),
    next(s, i, p, rules) {
      if (s.crashBudget.value === 0 || s.process(i).value === 'down') return;
      return [
        s.crashBudget.set(s.crashBudget.value - 1),
        ...die(s, i, p, rules),
        s.server(i).set(startedServer(restartedPeer(s, i, p))),
        ...loseConnections(s, i, p),
      ];
    },
    says: (i) => `server ${i} crashes`,
  })
  .action('restart', {
    each: (p) => (p.crashes > 0 && p.restarts > 0 ? serversOf(p) : []),
    next(s, i, _, rules) {
      if (s.restartBudget.value === 0) return;
      const started = startAgain(s, i, rules);
      return started && [s.restartBudget.set(s.restartBudget.value - 1), ...started];
    },
    says: (i, { after }) =>
      `server ${i} starts again, with ${formatZxid(after.tree(i).value.lastProcessed)} as its last zxid`,
  })
  .action('connect', {
    each: (p) => (p.crashes > 0 && p.restarts > 0 ? pairs(serversOf(p)).filter(([a, b]) => a > b) : []),
    fairness: 'weak',
    next: (s, [a, b], p) => connect(s, a, b, p),
    says: ([a, b]) =>
      `server ${a} dials ${b}; what either sent last is sent again unless something newer waits`,
  })
  .within((s, p) => serversOf(p).every((i) => s.server(i).get('logicalclock') <= p.rounds))
  .deadlock('allowed');
