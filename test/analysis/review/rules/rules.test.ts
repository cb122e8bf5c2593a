import { graphFromSynthesis, type ResourceNode } from '../../../../analysis/graph';
import { rules } from '../../../../analysis/review/rules';
import type { RuleContext, RuleInput } from '../../../../analysis/review/types';
import { aws } from './fixtures/aws';
import { digitalOcean } from './fixtures/digitalocean';
import { configuration, type Fixture, type Resources } from './fixtures/fixture';
import { google } from './fixtures/google';
import { kubernetes } from './fixtures/kubernetes';
import { tiers } from './fixtures/tiers';

const fixtures: Readonly<Record<string, Fixture>> = { ...digitalOcean, ...aws, ...kubernetes, ...google, ...tiers };

function input(resources: Resources, before: Resources | undefined, context: RuleContext | undefined): RuleInput {
  return {
    graph: graphFromSynthesis(configuration(resources)),
    ...(before === undefined ? {} : { before: graphFromSynthesis(configuration(before)) }),
    ...(context === undefined ? {} : { context }),
  };
}

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const fixture = fixtures[id] ?? { bad: {}, fails: [], good: {} };
  const { context, goodContext = context, unknown } = fixture;
  const addresses = (resources: Resources, given = context): readonly string[] =>
    rule
      .breaches(input(resources, fixture.before, given))
      .map(({ address }) => address)
      .sort();

  test('names what breaks it', () => {
    expect(fixture.fails).not.toEqual([]);
    expect(addresses(fixture.bad)).toEqual([...fixture.fails].sort());
  });

  test('lets pass what keeps it', () => {
    expect(Object.keys(fixture.good)).not.toEqual([]);
    expect(addresses(fixture.good, goodContext)).toEqual([]);
  });

  if (unknown !== undefined) {
    test('says nothing of what is not known', () => {
      expect(addresses(unknown)).toEqual([]);
    });
  }
});

test('there are at least 60 rules, each with fixtures, and no fixture is left over', () => {
  expect(rules.length).toBeGreaterThanOrEqual(60);
  expect(Object.keys(fixtures).sort()).toEqual(rules.map(({ id }) => id).sort());
});

test('ids are unique, in order, and of the known kinds', () => {
  const ids = rules.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const kind of ['DO', 'AWS', 'K8S', 'GCP', 'CF', 'TIER']) {
    const own = ids.filter((id) => id.startsWith(`TRC-${kind}-`));
    expect(own).toEqual(own.map((_, index) => `TRC-${kind}-${String(index + 1).padStart(3, '0')}`));
  }
  expect(ids.every((id) => /^TRC-(?:DO|AWS|K8S|GCP|CF|TIER)-\d{3}$/.test(id))).toBe(true);
});

test('each says what is wrong, why it matters, what to do, and where to read on', () => {
  for (const { summary, why, remedy, link } of rules) {
    for (const text of [summary, why, remedy]) expect(text).toMatch(/^[A-Z].{10,}[."]$/);
    expect(new URL(link).protocol).toBe('https:');
  }
});

test('every check that Checkov 3.3.30 and trivy-checks (2026-08-21) have for DigitalOcean is here, and at least 20 more', () => {
  const ours = rules.filter(({ id }) => id.startsWith('TRC-DO-'));
  const checkov = new Set(ours.flatMap((rule) => rule.checkov ?? []));
  const trivy = new Set(ours.flatMap((rule) => rule.trivy ?? []));
  expect([...checkov].sort()).toEqual([1, 2, 3, 4].map((number) => `CKV_DIO_${number}`));
  expect([...trivy].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => `AVD-DIG-000${number}`));
  expect(ours.filter((rule) => rule.checkov === undefined && rule.trivy === undefined).length).toBeGreaterThanOrEqual(20);
});

test('what a disposable environment has given up is not asked of it', () => {
  const bucket = configuration({ 'digitalocean_spaces_bucket.b': { name: 'b', force_destroy: true } });
  const rule = rules.find(({ id }) => id === 'TRC-DO-010');
  const context = { environment: 'trial', roadmap: 'deadlock-coach', tier: 'tier1', stateBackend: 'local', settings: {} };
  expect(rule?.breaches({ graph: graphFromSynthesis(bucket), context: { ...context, disposable: true } })).toEqual([]);
  expect(rule?.breaches({ graph: graphFromSynthesis(bucket), context: { ...context, disposable: false } })).toHaveLength(1);
});

test('what hides in a module is not called missing', () => {
  const resources = configuration({ 'digitalocean_database_cluster.c': { engine: 'pg' } });
  const graph = graphFromSynthesis({ ...resources, module: { firewalls: { source: './firewalls' } } });
  expect(rules.find(({ id }) => id === 'TRC-DO-011')?.breaches({ graph })).toEqual([]);
});

test('the work grows with the resources, not with their pairs', () => {
  const looks = (count: number): number => {
    const names = Array.from({ length: count }, (_, index) => `b${index}`);
    const buckets = names.map((name) => [`aws_s3_bucket.${name}`, { bucket: name }] as const);
    const versionings = names.map(
      (name) =>
        [
          `aws_s3_bucket_versioning.${name}`,
          { bucket: `\${aws_s3_bucket.${name}.id}`, versioning_configuration: { status: 'Enabled' } },
        ] as const,
    );
    const graph = graphFromSynthesis(configuration(Object.fromEntries([...buckets, ...versionings])));
    const referenced = jest.fn((node: ResourceNode, attribute: string) => graph.referenced(node, attribute));
    expect(rules.find(({ id }) => id === 'TRC-AWS-022')?.breaches({ graph: { ...graph, referenced } })).toEqual([]);
    return referenced.mock.calls.length;
  };
  expect(looks(400)).toBeLessThanOrEqual(10 * looks(40));
});
