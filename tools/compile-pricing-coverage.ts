import { awsMappings } from '../analysis/pricing/mapping/aws';
import { digitalOceanMappings } from '../analysis/pricing/mapping/digitalocean';
import { googleMappings } from '../analysis/pricing/mapping/google';
import { thirdPartyMappings } from '../analysis/pricing/mapping/thirdparty';
import type { Mapping } from '../analysis/pricing/mapping/types';
import type { Compiler } from './compiler';

const source = 'analysis/pricing/mapping/resource-types.txt';

/** The page that says of every resource type whether the estimator prices it. */
export const pricingCoverageCompiler: Compiler = { source, target: 'docs/pricing-coverage.md', compile: coveragePage };

interface Provider {
  readonly title: string;
  readonly prefix: string;
  readonly mappings: readonly Mapping[];
  /** Types of the provider's schema that have no mapping. */
  readonly missing: readonly string[];
}

function coveragePage(text: string): string {
  const providers = providersOf(text);
  return [
    `<!-- Generated from ${source} and the mappings by \`npm run compile\`. Do not edit. -->`,
    '# What the estimator prices',
    '',
    'Every resource type has one of three answers: priced, free with the reason, unpriced with the reason. A type without a mapping is unpriced',
    'and says so in the estimate; it is never counted as zero. Parts of a priced type that are not in the price book are listed with the estimate.',
    '',
    '| provider | priced | free | unpriced, with a reason | without a mapping |',
    '|---|---|---|---|---|',
    ...providers.map(
      ({ title, mappings, missing }) =>
        `| ${title} | ${priced(mappings).length} | ${always(mappings, 'free').length} | ${always(mappings, 'unpriced').length} | ${missing.length === 0 ? '' : missing.length} |`,
    ),
    '',
    ...providers.flatMap(section),
  ].join('\n');
}

function providersOf(text: string): readonly Provider[] {
  const types = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const known = (prefix: string): readonly string[] => types.filter((type) => type.startsWith(prefix));
  const without = (prefix: string, mappings: readonly Mapping[]): readonly string[] => {
    const mapped = new Set(mappings.map((mapping) => mapping.type));
    return known(prefix).filter((type) => !mapped.has(type));
  };
  const of = (prefix: string): readonly Mapping[] => thirdPartyMappings.filter((mapping) => mapping.type.startsWith(prefix));
  const named = (title: string, prefix: string, mappings: readonly Mapping[]): Provider => ({
    title,
    prefix,
    mappings,
    missing: without(prefix, mappings),
  });
  const others = ['cloudflare_', 'datadog_', 'pagerduty_', 'pinecone_', 'kubernetes_', 'helm_'];
  return [
    named('DigitalOcean 2.71.0', 'digitalocean_', digitalOceanMappings),
    named('AWS 5.100.0', 'aws_', awsMappings),
    named('Google Cloud 6.50.0', 'google_', googleMappings),
    named('Cloudflare 5.14.0', 'cloudflare_', of('cloudflare_')),
    ...[
      ['Datadog', 'datadog_'],
      ['PagerDuty', 'pagerduty_'],
      ['Pinecone', 'pinecone_'],
      ['Kubernetes', 'kubernetes_'],
      ['Helm', 'helm_'],
    ].map(([title = '', prefix = '']) => named(title, prefix, of(prefix))),
    {
      title: 'Terraform itself and its helpers',
      prefix: '',
      mappings: thirdPartyMappings.filter(({ type }) => !others.some((prefix) => type.startsWith(prefix))),
      missing: [],
    },
  ];
}

function priced(mappings: readonly Mapping[]): readonly string[] {
  return mappings.filter((mapping) => mapping.always === undefined).map((mapping) => mapping.type);
}

function always(mappings: readonly Mapping[], kind: 'free' | 'unpriced'): readonly Mapping[] {
  return mappings.filter((mapping) => mapping.always?.kind === kind);
}

function section({ title, mappings, missing }: Provider): readonly string[] {
  return [
    `## ${title}`,
    '',
    ...(priced(mappings).length === 0 ? [] : ['Priced:', '', names(priced(mappings)), '']),
    ...byReason('Free', always(mappings, 'free')),
    ...byReason('Unpriced', always(mappings, 'unpriced')),
    ...(missing.length === 0 ? [] : ['Without a mapping:', '', names(missing), '']),
  ];
}

function byReason(title: string, mappings: readonly Mapping[]): readonly string[] {
  const reasons = [...new Set(mappings.flatMap(reasonOf))].sort();
  if (reasons.length === 0) return [];
  const rows = reasons.map(
    (reason) => `| ${reason} | ${names(mappings.filter((mapping) => reasonOf(mapping).includes(reason)).map((mapping) => mapping.type))} |`,
  );
  return [`| ${title} because | types |`, '|---|---|', ...rows, ''];
}

function reasonOf({ always: result }: Mapping): readonly string[] {
  return result !== undefined && 'reason' in result ? [result.reason] : [];
}

function names(types: readonly string[]): string {
  return [...types]
    .sort()
    .map((type) => `\`${type}\``)
    .join(', ');
}
