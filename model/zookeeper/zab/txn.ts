import { z } from 'zod';
import { Zxid } from '../zxid.ts';

/** A transaction. Two epochs may give out one zxid twice when something is broken, so the value is part of its identity. */
export const Txn = z.strictObject({ zxid: Zxid, value: z.int() });
export type Txn = Readonly<z.infer<typeof Txn>>;

/** What a server has logged or applied, oldest first. */
export const History = z.array(Txn);
export type History = readonly Txn[];

export const sameTxn = (a: Txn | undefined, b: Txn | undefined): boolean =>
  a?.zxid === b?.zxid && a?.value === b?.value;

export const contains = (history: History, txn: Txn): boolean => history.some((other) => sameTxn(other, txn));

export const isPrefix = (prefix: History, history: History): boolean =>
  prefix.length <= history.length && prefix.every((txn, i) => sameTxn(txn, history[i]));

/** Zxid 0 stands for the beginning of time. */
export const lastZxid = (history: History): Zxid => history.at(-1)?.zxid ?? 0;
