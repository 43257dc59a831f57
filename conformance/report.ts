import { z } from 'zod';

const Count = z.int().min(0);

/** How many lines the rules explained, by what they tell. */
export const Checked = z.strictObject({
  /** Notifications that a server received from a voter; and of those, the ones that the sender's log says were sent. */
  received: Count,
  matchedWithSender: Count,
  /** Votes put into recvset, comparisons of votes, changes of the proposal. */
  counted: Count,
  compared: Count,
  updated: Count,
  /** Proposals sent, one line for each recipient, and answers of servers that are not LOOKING. */
  sent: Count,
  answered: Count,
  /** Notifications that an election took from its queue and ignored. */
  ignored: Count,
  /** Elections entered, timeouts in them, leaders elected, and lines that tell a server's role. */
  elections: Count,
  timeouts: Count,
  elected: Count,
  roles: Count,
});
export type Checked = z.infer<typeof Checked>;

/** A line that the rules cannot explain. */
export const ContradictionReport = z.strictObject({
  sid: z.int(),
  file: z.string(),
  line: z.int().min(1),
  text: z.string(),
  /** What the rules allow instead, as ZooKeeper would print it; empty if nothing more is expected of that thread. */
  expected: z.array(z.string()),
  /** How the server stood before the line. */
  situation: z.string(),
});
export type ContradictionReport = z.infer<typeof ContradictionReport>;

/** What `conform` found. */
export const ConformReport = z.strictObject({
  folder: z.string(),
  verdict: z.enum(['agrees', 'contradicted']),
  voters: z.array(z.int()),
  /** How the voters are known: given, from manifest.json, or from the recipients of the proposals in the logs. */
  votersFrom: z.enum(['option', 'manifest', 'logs']),
  servers: z.array(
    z.strictObject({
      sid: z.int(),
      file: z.string(),
      votes: z.boolean(),
      /** How often the process was started. */
      incarnations: Count,
      checked: Count,
      /** Lines about elections before the first start of the process, or after a reconfiguration: nothing is known there. */
      skipped: Count,
    }),
  ),
  checked: Checked,
  /** At most one per server, the earliest first. What comes after it in that server's log is not looked at. */
  contradictions: z.array(ContradictionReport),
  warnings: z.array(z.string()),
});
export type ConformReport = z.infer<typeof ConformReport>;
