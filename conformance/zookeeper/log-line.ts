/** One line of a ZooKeeper log in the layout that its packages come with. */
export interface LogLine {
  /** Milliseconds since 1970, the stamp taken as UTC. Not monotone within a file: it is taken before the appender's lock. */
  readonly time: number;
  /** The class without its package, inner classes as in `FastLeaderElection$Messenger$WorkerReceiver`. */
  readonly source: string;
  readonly message: string;
}

// %d{ISO8601} [myid:%X{myid}] - %-5p [%t:%C{1}@%L] - %m%n, of log4j 1 and logback (which keeps the package's initials). The
// thread's name may hold `]`, `:` and `(`, so that it ends at the last `:Class@line] - `.
const LAYOUT =
  /^(?<day>\d{4}-\d\d-\d\d)[ T](?<time>\d\d:\d\d:\d\d)[,.](?<ms>\d{3}) \[myid:[^\]]*\] - [A-Z]+ +\[.*:(?:[\w.]*\.)?(?<source>[\w$]+)@[\d?]+\] - (?<message>.*)$/;

export function parseLine(text: string): LogLine | undefined {
  const groups = LAYOUT.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const { day, time, ms, source = '', message = '' } = groups;
  return { time: Date.parse(`${day}T${time}.${ms}Z`), source, message };
}
