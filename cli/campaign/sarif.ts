import { findingsOf } from './findings.ts';
import type { CampaignJson } from './result.ts';

/** SARIF 2.1.0, for code scanning: what did not come out as expected, at the line of the property's declaration. */
export function sarif(campaign: Pick<CampaignJson, 'rows'>): string {
  const findings = findingsOf(campaign);
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'fencepost', rules: rules.map((id) => ({ id })) } },
        results: findings.map(({ rule, message, at }) => ({
          ruleId: rule,
          level: 'error',
          message: { text: message },
          locations: at === undefined ? [] : [location(at)],
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function location({ file, line }: { readonly file: string; readonly line: number }): unknown {
  const uri = file.replaceAll('\\', '/');
  return { physicalLocation: { artifactLocation: { uri }, region: { startLine: line } } };
}
