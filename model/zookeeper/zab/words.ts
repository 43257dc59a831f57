import { formatZxid } from '../zxid.ts';
import type { History } from './txn.ts';

/** [0x100000001, 0x100000002] */
export const describeHistory = (history: History): string =>
  history.length === 0 ? 'nothing' : `[${history.map(({ zxid }) => formatZxid(zxid)).join(', ')}]`;
