import { ServerState } from '../../model/zookeeper/election/vote.ts';
import { LONG_MIN_VALUE } from '../../model/zookeeper/zxid.ts';
import type { Saying } from './event.ts';

/** A kind of log line: where it is printed, how its message begins, and how the whole of it is read. */
export interface CatalogueEntry {
  readonly source: string;
  readonly begins: string;
  readonly pattern: RegExp;
  readonly read: (fields: Fields) => Saying;
}

/** The named groups of a pattern. */
interface Fields {
  /** A decimal Java long: an id. */
  readonly id: (name: string) => number;
  /** An unsigned hexadecimal Java long: a zxid, round or epoch. */
  readonly hex: (name: string) => number;
  readonly optionalHex: (name: string) => number | undefined;
  readonly state: (name: string) => ServerState;
}

const FLE = 'FastLeaderElection';
const RECEIVER = 'FastLeaderElection$Messenger$WorkerReceiver';

/** `{name}` stands for a decimal id, `{0xname}` for a hexadecimal number and `{NAME}` for a word, as in ZooKeeper's messages. */
function entry(source: string, message: string, read: CatalogueEntry['read'], rest = ''): CatalogueEntry {
  const pattern = message
    .replaceAll(/[()[\].]/g, '\\$&')
    .replaceAll(/\{0x(\w+)\}/g, '0x(?<$1>[0-9a-f]+)')
    .replaceAll(/\{([A-Z]\w*)\}/g, (_, name: string) => `(?<${name.toLowerCase()}>\\w+)`)
    .replaceAll(/\{(\w+)\}/g, '(?<$1>-?\\d+)');
  return { source, begins: message.split('{', 1)[0] ?? '', pattern: new RegExp(`^${pattern}${rest}`), read };
}

/** Messages of 3.6 and later; where a release says it differently there are two entries. */
export const CATALOGUE: readonly CatalogueEntry[] = [
  entry('QuorumPeerMain', 'Starting quorum peer, myid={sid}', ({ id }) => ({ type: 'boot', sid: id('sid') })),
  entry('ZKDatabase', 'Snapshot loaded in {ms} ms, highest zxid is {0xzxid}', ({ hex }) => ({
    type: 'loaded',
    zxid: hex('zxid'),
  })),
  entry(RECEIVER, 'restarting leader election', () => ({ type: 'reconfigured' })),
  entry('QuorumPeer', 'Restarting Leader Election', () => ({ type: 'reconfigured' })),
  ...ServerState.options.map((state) => entry('QuorumPeer', state, () => ({ type: 'role', state }), '$')),
  entry(FLE, 'New election. My id = {sid}, proposed zxid={0xzxid}', ({ id, hex }) => ({
    type: 'newElection',
    sid: id('sid'),
    zxid: hex('zxid'),
  })),
  entry(
    FLE,
    'Updating proposal: {leader} (newleader), {0xzxid} (newzxid), {oldLeader} (oldleader), {0xoldZxid} (oldzxid)',
    ({ id, hex }) => ({
      type: 'update',
      leader: id('leader'),
      zxid: hex('zxid'),
      oldLeader: id('oldLeader'),
      oldZxid: hex('oldZxid'),
    }),
  ),
  ...[
    '{0xround} (n.round), {to} (recipient), {sid} (myid), {0xpeerEpoch} (n.peerEpoch)',
    '{0xpeerEpoch} (n.peerEpoch), {0xround} (n.round), {to} (recipient), {sid} (myid)',
  ].map((tail) =>
    entry(FLE, `Sending Notification: {leader} (n.leader), {0xzxid} (n.zxid), ${tail}`, ({ id, hex }) => ({
      type: 'send',
      leader: id('leader'),
      zxid: hex('zxid'),
      round: hex('round'),
      peerEpoch: hex('peerEpoch'),
      to: id('to'),
    })),
  ),
  entry(
    FLE,
    'id: {newId}, proposed id: {curId}, zxid: {0xnewZxid}, proposed zxid: {0xcurZxid}',
    ({ id, hex, optionalHex }) => {
      const [newEpoch, curEpoch] = [optionalHex('newEpoch'), optionalHex('curEpoch')];
      return {
        type: 'compare',
        newId: id('newId'),
        curId: id('curId'),
        newZxid: hex('newZxid'),
        curZxid: hex('curZxid'),
        ...(newEpoch === undefined ? {} : { newEpoch }),
        ...(curEpoch === undefined ? {} : { curEpoch }),
      };
    },
    '(?:, epoch: 0x(?<newEpoch>[0-9a-f]+), proposed epoch: 0x(?<curEpoch>[0-9a-f]+))?$',
  ),
  entry(
    FLE,
    'Adding vote: from={from}, proposed leader={leader}, proposed zxid={0xzxid}, proposed election epoch={0xround}',
    ({ id, hex }) => ({
      type: 'count',
      from: id('from'),
      leader: id('leader'),
      zxid: hex('zxid'),
      round: hex('round'),
    }),
  ),
  entry(
    FLE,
    'Notification election epoch is smaller than logicalclock. n.electionEpoch = {0xround}, logicalclock={0xclock}',
    ({ hex }) => ({ type: 'lowerRound', round: hex('round'), clock: hex('clock') }),
  ),
  entry(FLE, 'Ignoring notification as our zxid is -1', () => ({ type: 'noData', from: null })),
  entry(FLE, 'Ignoring notification from member with -1 zxid {from}', ({ id }) => ({
    type: 'noData',
    from: id('from'),
  })),
  entry(FLE, 'Notification from observer: {from}', ({ id }) => ({ type: 'observer', from: id('from') })),
  entry(FLE, 'Ignoring notification for non-cluster member sid {leader} from sid {from}', ({ id }) => ({
    type: 'strangeLeader',
    leader: id('leader'),
    from: id('from'),
  })),
  entry(FLE, 'Ignoring notification for sid {leader} from non-quorum member sid {from}', ({ id }) => ({
    type: 'strangeSender',
    leader: id('leader'),
    from: id('from'),
  })),
  entry(FLE, 'Oracle indicates to follow', () => ({ type: 'oracle', follow: true })),
  entry(FLE, 'Oracle indicates not to follow', () => ({ type: 'oracle', follow: false })),
  entry(FLE, 'Notification time out: {ms}', () => ({ type: 'timeout' })),
  entry(
    FLE,
    'About to leave FLE instance: leader={leader}, zxid={0xzxid}, my id={sid}, my state={STATE}',
    ({ id, hex, state }) => ({
      type: 'elected',
      leader: id('leader'),
      zxid: hex('zxid'),
      sid: id('sid'),
      state: state('state'),
    }),
  ),
  entry(
    RECEIVER,
    'Notification: my state:{MY}; n.sid:{from}, n.state:{STATE}, n.leader:{leader}, n.round:{0xround}, ' +
      'n.peerEpoch:{0xpeerEpoch}, n.zxid:{0xzxid}, message format version:{0xversion}',
    ({ id, hex, state }) => ({
      type: 'received',
      from: id('from'),
      notification: {
        state: state('state'),
        leader: id('leader'),
        zxid: hex('zxid'),
        peerEpoch: hex('peerEpoch'),
        electionEpoch: hex('round'),
        version: hex('version'),
      },
    }),
  ),
  entry(
    RECEIVER,
    'Sending new notification. My id ={sid} recipient={to} zxid={0xzxid} leader={leader}',
    ({ id, hex }) => ({ type: 'answer', to: id('to'), zxid: hex('zxid'), leader: id('leader') }),
  ),
];

/** A zxid of an epoch beyond MAX_EPOCH: the rules cannot tell it from its neighbours. */
export class NumberTooLarge extends Error {}

/** A Java long; Long.MIN_VALUE, an observer's vote, is the constant of that name, and nothing else is as small in earnest. */
function toLong(value: bigint): number {
  const long = BigInt.asIntN(64, value);
  if (long === -(2n ** 63n)) return LONG_MIN_VALUE;
  const number = Number(long);
  if (number > Number.MAX_SAFE_INTEGER) throw new NumberTooLarge(`${long} is too large`);
  return number;
}

export function fieldsOf(groups: Readonly<Record<string, string | undefined>>): Fields {
  const text = (name: string): string => groups[name] ?? '';
  const optionalHex = (name: string) => {
    const hex = groups[name];
    return hex === undefined ? undefined : toLong(BigInt(`0x${hex}`));
  };
  return {
    id: (name) => toLong(BigInt(text(name))),
    hex: (name) => optionalHex(name) ?? 0,
    optionalHex,
    state: (name) => ServerState.parse(text(name)),
  };
}
