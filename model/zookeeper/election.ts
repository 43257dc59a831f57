import { choose, defineModel, range } from '../../checker/language/index.ts';
import { electionChanges } from './election/changes.ts';
import { electionComponents } from './election/components.ts';
import { electionFaults } from './election/faults.ts';
import { fleRules } from './election/fle-rules.ts';
import { electionMutants } from './election/mutants.ts';
import { allServersOf, bestVote, ElectionParams, peerOf, verifierOf, votersOf } from './election/params.ts';
import { pollingAnswer, pollingPass } from './election/polling-election.ts';
import { electedServer, startedServer } from './election/server.ts';
import { electionSteps } from './election/steps.ts';

const steps = electionSteps<unknown, ElectionParams>({
  servers: (p) => (p.algorithm === 'fle' ? allServersOf(p) : []),
  verifiers: (p) => ({ current: verifierOf(p) }),
  peer: (_, sid, p) => peerOf(p, sid),
});

/**
 * FastLeaderElection over QuorumCnxManager (apache/zookeeper, server/quorum), without Zab: who wins an election, not whether
 * the winner then gets a quorum of followers to agree on an epoch. Rules: ./election/.
 *
 * Shortened: a message to oneself is in the queue at once; RecvWorker and WorkerReceiver are one step. What that hides, and all
 * else that is left out, is in docs/zookeeper-election.md.
 */
export const election = defineModel('zookeeper/election', {
  about: 'FastLeaderElection: notifications, rounds, the finalize wait, crashes and broken connections',
  params: ElectionParams,
})
  .rules({ ...fleRules })
  .changes(electionChanges)
  .mutants(electionMutants)
  .components(electionComponents)
  .init((p) => ({
    process: 'up',
    server: (sid) => {
      const best = bestVote(p);
      const newcomer =
        p.start === 'newcomer' ? votersOf(p).find((voter) => voter !== best.leader) : undefined;
      if (p.start === 'cold' || sid === newcomer) return startedServer(peerOf(p, sid));
      const round = p.start === 'newcomer' && sid === best.leader ? 2 : 1;
      return electedServer(peerOf(p, sid), best, round);
    },
    lastSent: null,
    link: 'connected',
    timeoutBudget: p.timeouts,
    crashBudget: p.crashes,
    disconnectBudget: p.disconnects,
    giveUpBudget: p.giveUps,
    stood: (sid) =>
      p.algorithm === 'polling' ? [0] : p.start !== 'cold' && sid === bestVote(p).leader ? [1, 2] : [],
  }))
  .action('enter', steps.enter)
  .action('transmit', steps.transmit)
  .action('receive', steps.receive)
  .action('handle', steps.handle)
  .action('finalizePoll', steps.finalizePoll)
  .action('quiet', steps.quiet)
  .action('publishVote', steps.publishVote)
  .action('pollingPass', {
    each: (p) => (p.algorithm === 'polling' ? votersOf(p) : []),
    next(s, sid, p) {
      if (s.process(sid).value === 'down' || s.server(sid).get('state') !== 'LOOKING') return;
      const { value: server } = s.server(sid);
      const up = votersOf(p).filter((other) => s.process(other).value === 'up');
      return choose(subsetsOf(up), (heard) => {
        const answers = heard.flatMap((other) => {
          const { state, currentVote } = s.server(other).value;
          return pollingAnswer(other, state, currentVote, peerOf(p, other).lastZxid) ?? [];
        });
        const answered = answers.map(({ sid: by, vote: { leader, zxid } }) => ({
          sid: by,
          vote: { leader, zxid },
        }));
        const { vote, elected } = pollingPass(
          answered,
          { leader: sid, zxid: peerOf(p, sid).lastZxid },
          p.servers,
        );
        const state = elected ? (vote.leader === sid ? 'LEADING' : 'FOLLOWING') : 'LOOKING';
        const currentVote = { ...server.currentVote, ...vote };
        const step = elected ? 'out' : 'enter';
        return [s.server(sid).set({ ...server, state, step, currentVote })];
      });
    },
    says: (sid, { after, label }) =>
      `server ${sid} hears from ${label}: ${after.server(sid).value.state}, vote for ${after.server(sid).value.currentVote.leader}`,
  })
  .action('resend', steps.resend)
  .include(electionFaults)
  .deadlock('allowed');

/** All subsets, by bit pattern. */
const subsetsOf = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  range(2 ** items.length).map((bits) => items.filter((_, i) => (bits >> i) % 2 === 1));
