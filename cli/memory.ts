import { totalmem } from 'node:os';

const SHARE = 0.8;

/** What a search may take by default: a share of the machine's memory, or of what the process is confined to. */
export function mostMemory(): number {
  const confined = process.constrainedMemory();
  return SHARE * (confined > 0 && confined < totalmem() ? confined : totalmem());
}
