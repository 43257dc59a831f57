import type { Checked, ConformReport, ContradictionReport } from './report.ts';

const MOST_EXPECTED = 4;

/** A report as text for a terminal, without a newline at its end. */
export function formatReport(report: ConformReport): string {
  const { checked, contradictions, folder, servers, verdict, voters, votersFrom, warnings } = report;
  const incarnations = servers.reduce((sum, server) => sum + server.incarnations, 0);
  const observers = servers.filter((server) => !server.votes).map((server) => server.sid);
  const how = { option: 'as given', manifest: 'from manifest.json', logs: 'as the logs show' }[votersFrom];
  return [
    `${folder}: ${verdict === 'agrees' ? 'the rules explain every line' : 'the rules do not explain the logs'}`,
    ...contradictions.slice(0, 1).flatMap(formatContradiction),
    ...contradictions.slice(1).map(({ file, line }) => `  also ${file}:${line}`),
    `  ${plural(servers.length, 'server')}, started ${plural(incarnations, 'time')}; voters ${voters.join(', ')} (${how})` +
      (observers.length === 0 ? '' : `; not voting: ${observers.join(', ')}`),
    `  checked: ${formatChecked(checked)}`,
    ...warnings.map((warning) => `  warning: ${warning}`),
  ].join('\n');
}

function formatContradiction({ file, line, text, expected, sid, situation }: ContradictionReport): string[] {
  const shown = expected.slice(0, MOST_EXPECTED);
  const more = expected.length - shown.length;
  return [
    `  ${file}:${line}`,
    `    ${text.trim()}`,
    expected.length === 0
      ? '  expected nothing here'
      : `  expected ${expected.length === 1 ? '' : 'one of '}`.trimEnd(),
    ...shown.map((each) => `    ${each}`),
    ...(more > 0 ? [`    and ${more} more`] : []),
    `  server ${sid}: ${situation}`,
  ];
}

const formatChecked = (checked: Checked): string =>
  [
    `${checked.received} notifications received (${checked.matchedWithSender} found at their sender)`,
    `${checked.counted} votes counted`,
    `${checked.compared} compared`,
    `${checked.updated} updates`,
    `${checked.sent} proposals and ${checked.answered} answers sent`,
    `${checked.ignored} ignored`,
    `${plural(checked.elections, 'election')} with ${plural(checked.timeouts, 'timeout')}`,
    `${plural(checked.elected, 'leader')} elected`,
  ].join(', ');

const plural = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
