import { findingsOf } from './findings.ts';
import type { CampaignJson } from './result.ts';

/** Annotations as GitHub Actions reads them from the log of a job, a line each. */
export function github(campaign: Pick<CampaignJson, 'rows'>): string {
  return findingsOf(campaign)
    .map(({ rule, message, at }) => {
      const where = at === undefined ? [] : [`file=${property(at.file)}`, `line=${at.line}`];
      return `::error ${[...where, `title=${property(rule)}`].join(',')}::${data(message)}\n`;
    })
    .join('');
}

const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
