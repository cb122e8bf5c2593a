import { rules } from '../../analysis/review/rules';
import { checkovOfVariants, checkovOnly } from '../../analysis/review/rules/checkov-waivers';
import { accepted } from '../../analysis/review/rules/waivers';
import type { Rule } from '../../analysis/review/types';
import { markdownTable } from './regions';

/** The rules whose ids begin so, with what to change and where else the same is checked. */
export function ruleTable(kind: string): string {
  const own = rules.filter(({ id }) => id.startsWith(`TRC-${kind}-`));
  return markdownTable(['rule', 'severity', 'what is wrong', 'what to change', 'the same elsewhere'], own.map(row));
}

function row({ id, severity, summary, remedy, link, checkov = [], trivy = [] }: Rule): readonly string[] {
  return [`[${id}](${link})`, severity, summary, remedy, [...checkov, ...trivy].join(', ')];
}

/** What Terrace builds and does not change, by rule. */
export function acceptedTable(): string {
  return markdownTable(
    ['rule', 'of what', 'why'],
    accepted.map(({ id, addresses, reason }) => [id, code(addresses), reason]),
  );
}

/** What Checkov finds besides, in what Terrace builds. */
export function checkovTable(): string {
  return markdownTable(
    ['check', 'of what', 'why'],
    [...checkovOnly, ...checkovOfVariants].map(({ check, names, reason }) => [check, code(names), reason]),
  );
}

/** How many rules there are, and of them those that neither Checkov nor Trivy has. */
export function ruleCounts(): string {
  const kinds = [
    ['DO', 'DigitalOcean'],
    ['AWS', 'AWS'],
    ['K8S', 'Kubernetes'],
    ['GCP', 'Google Cloud'],
    ['CF', 'Cloudflare'],
    ['TIER', 'what a tier means'],
  ] as const;
  const rows = kinds.map(([kind, title]) => {
    const own = rules.filter(({ id }) => id.startsWith(`TRC-${kind}-`));
    return [title, `${own.length}`, `${own.filter(({ checkov, trivy }) => checkov === undefined && trivy === undefined).length}`];
  });
  return markdownTable(['about', 'rules', 'of them in neither Checkov nor Trivy'], rows, [1, 2]);
}

function code(texts: readonly string[]): string {
  return texts.map((text) => `\`${text}\``).join(', ');
}
