import type { Io } from '../io.ts';
import { painter } from '../output/style.ts';
import { table } from '../output/table.ts';
import { seconds } from '../output/words.ts';
import { github } from './github.ts';
import { junit } from './junit.ts';
import { asExpected, type CampaignJson, type CellResult, statementOf } from './result.ts';
import { sarif } from './sarif.ts';

export const campaignFormats = ['table', 'json', 'junit', 'sarif', 'github'] as const;
export type CampaignFormat = (typeof campaignFormats)[number];

/** A campaign's results in one of the formats, with a newline at the end. */
export function render(campaign: CampaignJson, format: CampaignFormat, io: Pick<Io, 'color'>): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(campaign)}\n`;
    case 'junit':
      return junit(campaign);
    case 'sarif':
      return sarif(campaign);
    case 'github':
      return github(campaign);
    case 'table':
      return `${[...tableOf(campaign, io), '', closing(campaign)].join('\n')}\n`;
  }
}

function tableOf({ rows }: CampaignJson, { color }: Pick<Io, 'color'>): string[] {
  const paint = painter(color);
  const columns = [
    { title: 'run' },
    { title: 'expected' },
    { title: 'as expected' },
    { title: 'seconds', align: 'right' as const },
    { title: 'what can be said' },
  ];
  const lines = rows.map((row) => [
    row.name,
    row.expect,
    judged(row, paint),
    (row.result.seconds ?? 0).toFixed(2),
    statementOf(row),
  ]);
  return table(columns, lines);
}

function judged(row: CellResult, paint: ReturnType<typeof painter>): string {
  const as = asExpected(row);
  return as === undefined ? paint('warn', 'open') : as ? paint('good', 'yes') : paint('bad', 'NO');
}

function closing({ rows, cells, shard }: CampaignJson): string {
  const as = rows.filter((row) => asExpected(row) === true).length;
  const time = seconds(rows.reduce((sum, { result }) => sum + (result.seconds ?? 0), 0));
  const part = shard === null ? '' : `, shard ${shard.index} of ${shard.of} of a campaign of ${cells}`;
  return `${as} of ${rows.length} cells as expected${part}; ${time} of searching.`;
}
