import type { Review } from '../review';
import type { Finding, Rule, Severity } from '../types';
import { kinds } from '../guard/findings';
import { clean, cleanName } from './text';

/** SARIF's levels, and what GitHub sorts by. */
const levels: Readonly<Record<Severity, { readonly level: string; readonly score: string }>> = {
  high: { level: 'error', score: '8.0' },
  medium: { level: 'warning', score: '5.0' },
  low: { level: 'note', score: '2.0' },
};

/**
 * The findings as SARIF 2.1.0, for code scanning. What is waived is suppressed with its reason; what was so before is unchanged.
 * @param files where each stack's configuration lies, relative to the repository
 */
export function sarifLog(review: Review, rules: readonly Rule[], version: string, files: Readonly<Record<string, string>> = {}): unknown {
  const used = [...new Set(review.findings.map(({ id }) => id))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'terrace review', version, rules: used.map((id) => descriptor(id, review, rules)) } },
        columnKind: 'utf16CodeUnits',
        results: review.findings.map((finding) => resultOf(finding, used, files, review)),
      },
    ],
  };
}

function descriptor(id: string, review: Review, rules: readonly Rule[]): unknown {
  const rule = rules.find((one) => one.id === id);
  const kind = Object.hasOwn(kinds, id) ? kinds[id as keyof typeof kinds] : undefined;
  const first = review.findings.find((one) => one.id === id);
  const severity = rule?.severity ?? kind?.severity ?? first?.severity ?? 'low';
  return {
    id,
    shortDescription: { text: clean(rule?.summary ?? id) },
    fullDescription: { text: clean(rule?.why ?? kind?.remedy ?? first?.detail ?? id) },
    help: { text: clean(rule?.remedy ?? kind?.remedy ?? first?.remedy ?? id) },
    ...(rule === undefined ? {} : { helpUri: rule.link }),
    defaultConfiguration: { level: levels[severity].level },
    properties: { 'security-severity': levels[severity].score, tags: ['terraform', id.split('/', 1)[0]?.toLowerCase() ?? id] },
  };
}

function resultOf(finding: Finding, used: readonly string[], files: Readonly<Record<string, string>>, review: Review): unknown {
  const { id, severity, address, summary, detail, waived, existing } = finding;
  const stack = finding.stack ?? review.stacks[0]?.stack ?? 'stack';
  return {
    ruleId: id,
    ruleIndex: used.indexOf(id),
    level: levels[severity].level,
    message: { text: `${clean(summary)} ${clean(detail)}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: encodeURI(files[stack] ?? `${stack}/cdk.tf.json`) }, region: { startLine: 1 } },
        logicalLocations: [{ fullyQualifiedName: cleanName(address), kind: 'resource' }],
      },
    ],
    partialFingerprints: { 'terrace/v1': `${id} ${cleanName(address)}` },
    baselineState: existing === true ? 'unchanged' : 'new',
    ...(waived === undefined
      ? {}
      : {
          suppressions: [
            { kind: 'inSource', status: 'accepted', justification: clean(`${waived.reason} (${waived.owner}, until ${waived.until})`) },
          ],
        }),
  };
}
