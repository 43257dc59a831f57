import type { Peer } from '../../../../model/zookeeper/election/ensemble.ts';
import {
  finalizePoll,
  finishElection,
  handleNotification,
} from '../../../../model/zookeeper/election/look-for-leader.ts';
import { type Notification, proposalOf } from '../../../../model/zookeeper/election/notification.ts';
import type { QuorumVerifier, Sid } from '../../../../model/zookeeper/election/quorum-verifier.ts';
import { receiverThread } from '../../../../model/zookeeper/election/receive.ts';
import type { FleRules } from '../../../../model/zookeeper/election/rules.ts';
import {
  type ElectionServer,
  enterElection,
  lookAgain,
  publishVote,
  startedServer,
} from '../../../../model/zookeeper/election/server.ts';
import type { Vote } from '../../../../model/zookeeper/election/vote.ts';

interface Message {
  readonly from: Sid;
  readonly to: Sid;
  readonly body: Notification;
}

/**
 * A few servers and reliable FIFO channels between them, for the rules' own tests: `pick(n)` chooses what happens next, and an election's finalize wait ends only when nothing is under way.
 */
export class SmallEnsemble {
  readonly servers = new Map<Sid, ElectionServer>();
  readonly #queues = new Map<Sid, { from: Sid; body: Notification }[]>();
  #wire: Message[] = [];
  readonly #verifier: QuorumVerifier;
  readonly #votes: ReadonlyMap<Sid, Vote>;
  readonly #rules: FleRules;
  readonly #pick: (n: number) => number;

  constructor(
    verifier: QuorumVerifier,
    votes: readonly Vote[],
    rules: FleRules,
    pick: (n: number) => number,
  ) {
    this.#verifier = verifier;
    this.#votes = new Map(votes.map((vote) => [vote.leader, vote]));
    this.#rules = rules;
    this.#pick = pick;
  }

  /** Starts servers that then hear each other's first messages. What is sent to a server that is down is lost. */
  start(...sids: readonly Sid[]): void {
    for (const sid of sids) {
      this.#queues.set(sid, []);
      this.servers.set(sid, startedServer(this.#peer(sid)));
    }
    for (const sid of sids) this.#enter(sid, this.#server(sid));
  }

  crash(sid: Sid): void {
    this.servers.delete(sid);
    this.#wire = this.#wire.filter(({ from, to }) => from !== sid && to !== sid);
  }

  look(sid: Sid): void {
    this.#enter(sid, lookAgain(this.#server(sid)));
  }

  /** Delivers and handles until nothing moves; then lets the servers that wait leave, and goes on. */
  settle(): void {
    for (let left = 20_000; left > 0; left -= 1) {
      const handleFirst = this.#pick(2) === 1;
      if (handleFirst ? this.#handle() || this.#deliver() : this.#deliver() || this.#handle()) continue;
      const waiting = [...this.servers].find(([, server]) => server.step === 'finalize');
      if (waiting === undefined) return;
      this.#leave(waiting[0], finishElection(waiting[1], this.#peer(waiting[0])));
    }
    throw new Error('the election did not settle');
  }

  #peer(sid: Sid): Peer {
    const vote = this.#votes.get(sid) ?? { zxid: 0, peerEpoch: 0 };
    const verifiers = { current: this.#verifier };
    return { sid, learnerType: 'PARTICIPANT', verifiers, lastZxid: vote.zxid, currentEpoch: vote.peerEpoch };
  }

  #server(sid: Sid): ElectionServer {
    const server = this.servers.get(sid);
    if (server === undefined) throw new Error(`server ${sid} is down`);
    return server;
  }

  #enter(sid: Sid, server: ElectionServer): void {
    this.servers.set(sid, enterElection(server, this.#peer(sid)));
    this.#broadcast(sid);
  }

  #broadcast(from: Sid): void {
    for (const to of this.#votes.keys()) this.#send(from, to, proposalOf(this.#server(from)));
  }

  #send(from: Sid, to: Sid, body: Notification): void {
    if (this.servers.has(to)) this.#wire.push({ from, to, body });
  }

  #deliver(): boolean {
    const heads = this.#wire.filter(
      (m, i) => this.#wire.findIndex((other) => other.from === m.from && other.to === m.to) === i,
    );
    const message = heads[this.#pick(heads.length)];
    if (message === undefined) return false;
    this.#wire = this.#wire.filter((m) => m !== message);
    const { from, to, body } = message;
    const { enqueue, reply } = receiverThread(this.#server(to), from, body, this.#peer(to));
    if (enqueue) this.#queues.get(to)?.push({ from, body });
    if (reply !== null) this.#send(to, from, reply);
    return true;
  }

  #handle(): boolean {
    const busy = [...this.servers].filter(([sid]) => this.#queues.get(sid)?.length !== 0);
    const chosen = busy[this.#pick(busy.length)];
    if (chosen === undefined) return false;
    const [sid, server] = chosen;
    const queue = this.#queues.get(sid) ?? [];
    const head = queue.shift();
    if (head !== undefined) {
      if (server.step === 'finalize') {
        const polled = finalizePoll(server, head.body, this.#peer(sid), this.#rules);
        if (polled.putBack) queue.push(head);
        this.servers.set(sid, polled.server);
      } else {
        const handled = handleNotification(server, head.from, head.body, this.#peer(sid), this.#rules);
        this.servers.set(sid, handled.server);
        if (handled.broadcast) this.#broadcast(sid);
        if (handled.server.step === 'publish') this.#leave(sid, handled.server);
      }
    }
    return true;
  }

  #leave(sid: Sid, server: ElectionServer): void {
    this.servers.set(sid, publishVote(server));
    this.#queues.set(sid, []);
  }
}
