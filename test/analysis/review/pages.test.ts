import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CdkTfJson, JsonObject } from '../../../analysis/graph';
import {
  htmlPage,
  longestComment,
  markdownPage,
  pageOf,
  review,
  reviewDocument,
  sarifLog,
  terminalPage,
  type Review,
} from '../../../analysis/review';
import { reviewDocumentSchema } from '../../../analysis/review/document/schema';
import { rules } from '../../../analysis/review/rules';
import { expectGolden } from '../../support/golden';
import { needsGiven } from '../../support/needs';
import { scratch } from '../../support/scratch';
import { everyType } from '../../terraform/standin/fixture';
import { foreignAws } from './corpus/aws-base';
import { add, all, by, drop, type Edit, edited, moved, removed, rename, set, unset } from './corpus/edit';

const ink = { bold: String, dim: String, red: String, yellow: String, green: String };
const digitalOcean = { terraform: {}, provider: { digitalocean: [{}] }, resource: everyType() } as unknown as CdkTfJson;

/** Changes whose pages are kept: another team's Terraform, which no change of our tiers touches. */
const scenarios: readonly (readonly [string, CdkTfJson, Edit])[] = [
  ['nothing', foreignAws, all()],
  ['database-dropped', foreignAws, drop('aws_db_instance.orders')],
  ['database-replaced', foreignAws, set('aws_db_instance.orders', 'db_name', 'shop')],
  ['database-renamed', foreignAws, rename('aws_db_instance.orders', 'main')],
  ['database-moved', foreignAws, all(rename('aws_db_instance.orders', 'main'), moved('aws_db_instance.orders', 'aws_db_instance.main'))],
  ['database-forgotten', foreignAws, all(drop('aws_db_instance.orders'), removed('aws_db_instance.orders'))],
  [
    'database-unprotected',
    foreignAws,
    all(
      set('aws_db_instance.orders', 'deletion_protection', false),
      set('aws_db_instance.orders', 'backup_retention_period', 1),
      unset('aws_db_instance.orders', 'lifecycle'),
    ),
  ],
  ['database-public', foreignAws, set('aws_vpc_security_group_ingress_rule.database', 'cidr_ipv4', '0.0.0.0/0')],
  ['database-shrunk', foreignAws, set('aws_db_instance.orders', 'allocated_storage', 50)],
  ['database-bigger', foreignAws, set('aws_db_instance.orders', 'instance_class', 'db.m7g.2xlarge')],
  ['bucket-settings-dropped', foreignAws, drop('aws_s3_bucket_versioning.uploads', 'aws_s3_bucket_public_access_block.uploads')],
  ['bucket-emptied', foreignAws, set('aws_s3_bucket_lifecycle_configuration.uploads', 'rule.0.expiration', { days: 3 })],
  ['server-replaced', foreignAws, set('aws_instance.worker', 'ami', 'ami-0fedcba9876543210')],
  [
    'region-of-the-provider',
    foreignAws,
    by((draft) => void ((draft['provider'] as { aws: Record<string, unknown>[] }).aws[0]!['region'] = 'us-east-1')),
  ],
  ['state-elsewhere', foreignAws, by((draft) => void (draft['terraform'] = { backend: { s3: { bucket: 'other', key: 'x' } } }))],
  ['everything-dropped', foreignAws, by((draft) => void (draft.resource = {}))],
  [
    'waived',
    foreignAws,
    all(
      drop('aws_sqs_queue.jobs'),
      by(
        (draft) =>
          void (draft['//'] = {
            waivers: [
              { id: 'guard/deleted', address: 'aws_sqs_queue.jobs', reason: 'empty since May', owner: 'anna', until: '2026-12-31' },
            ],
          }),
      ),
    ),
  ],
  [
    'waiver-expired',
    foreignAws,
    all(
      drop('aws_sqs_queue.jobs'),
      by(
        (draft) =>
          void (draft['//'] = {
            waivers: [
              { id: 'guard/deleted', address: 'aws_sqs_queue.jobs', reason: 'empty since May', owner: 'anna', until: '2026-10-31' },
            ],
          }),
      ),
    ),
  ],
  ['network-replaced', digitalOcean, set('digitalocean_vpc.a', 'ip_range', '10.11.0.0/16')],
  ['trusted-sources-dropped', digitalOcean, drop('digitalocean_database_firewall.a')],
  [
    'firewall-opened',
    digitalOcean,
    set('digitalocean_firewall.a', 'inbound_rule.1', { protocol: 'tcp', port_range: '5432', source_addresses: ['0.0.0.0/0'] }),
  ],
  [
    'more-servers',
    digitalOcean,
    all(
      set('digitalocean_droplet.a', 'size', 's-8vcpu-16gb'),
      add('digitalocean_droplet.b', { name: 'b', region: 'fra1', size: 's-4vcpu-8gb', image: 'ubuntu-24-04-x64' }),
    ),
  ],
];

function reviewed(base: CdkTfJson, edit: Edit): Review {
  return review({ stacks: [{ stack: 'shop', base, head: edited(base, edit) }], today: '2026-11-21', rules: [] });
}

test.each(scenarios)('the page of %s', (name, base, edit) => {
  const result = reviewed(base, edit);
  const page = pageOf(result);
  const markdown = markdownPage(page);
  expectGolden(`review/${name}.md`, markdown);
  const words = { dangerous: 'Dangerous', attention: 'Attention', safe: 'Safe' };
  expect(markdown.split('\n', 1)[0]).toContain(`${words[result.verdict]}: `);
  const top = markdown.split('\n').slice(0, 20).join('\n').replaceAll('\\', '');
  for (const { address } of result.findings.filter(({ severity, waived }) => severity === 'high' && waived === undefined))
    expect(top).toContain(address);
  expect(reviewDocumentSchema.parse(reviewDocument(result)).verdict).toBe(result.verdict);
});

test('one of them in the terminal, and as SARIF', () => {
  const result = reviewed(foreignAws, scenarios[6]![2]);
  expectGolden('review/database-unprotected.txt', terminalPage(pageOf(result), ink));
  expectGolden('review/database-unprotected.sarif.json', JSON.stringify(sarifLog(result, rules, '0.0.0'), null, 2));
});

interface Sarif {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly unknown[];
      readonly suppressions?: readonly { readonly justification: string }[];
    }[];
  }[];
}

test('SARIF 2.1.0 holds what its readers ask for, and says what is waived', () => {
  const waived = scenarios.find(([name]) => name === 'waived');
  const log = sarifLog(reviewed(waived![1], waived![2]), rules, '1.2.3') as Sarif;
  const [run] = log.runs;
  expect([log.version, log.runs.length, run?.tool.driver.name]).toEqual(['2.1.0', 1, 'terrace review']);
  for (const one of run?.results ?? []) {
    expect(run?.tool.driver.rules[one.ruleIndex]?.id).toBe(one.ruleId);
    expect(['error', 'warning', 'note']).toContain(one.level);
    expect([one.message.text.length > 0, one.locations.length]).toEqual([true, 1]);
  }
  expect(run?.results.map(({ suppressions }) => suppressions?.[0]?.justification)).toEqual(['empty since May (anna, until 2026-12-31)']);
});

/** The schema of OASIS (sarif-2.1/schema/sarif-schema-2.1.0.json of github.com/oasis-tcs/sarif-spec) is not ours to copy: its path is given. */
const schema = process.env['TERRACE_SARIF_SCHEMA'];

needsGiven('TERRACE_SARIF_SCHEMA', schema)('SARIF of every scenario is valid by the schema of OASIS', () => {
  const folder = scratch();
  const logs = scenarios.map(
    ([name, base, edit]) =>
      [
        name,
        sarifLog(review({ stacks: [{ stack: 'shop', base, head: edited(base, edit) }], today: '2026-11-21', rules }), rules, '1.2.3'),
      ] as const,
  );
  for (const [name, log] of [...logs, ['not-sarif', { version: '2.1.0', runs: [{ results: [{ level: 'fatal' }] }] }] as const])
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(log));
  const program =
    'import json, pathlib, sys; from jsonschema import Draft7Validator as V; v = V(json.load(open(sys.argv[1]))); print(json.dumps({p.stem: [e.message for e in v.iter_errors(json.load(open(p)))] for p in pathlib.Path(sys.argv[2]).glob("*.json")}))';
  const { 'not-sarif': wrong, ...ours } = JSON.parse(
    execFileSync('python3', ['-c', program, schema ?? '', folder], { encoding: 'utf8' }),
  ) as Record<string, string[]>;
  expect(wrong?.length).toBeGreaterThan(0);
  expect(ours).toEqual(Object.fromEntries(scenarios.map(([name]) => [name, []])));
});

/** So many volumes that each line of a page could not name one. */
function many(count: number): Review {
  const volumes: JsonObject = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `a-rather-long-name-of-a-volume-${index}`,
      { availability_zone: 'eu-central-1a', size: 10 },
    ]),
  );
  const base: CdkTfJson = { resource: { aws_ebs_volume: volumes } };
  return review({ stacks: [{ stack: 'many', base, head: { resource: {} } }], today: '2026-11-21', rules: [] });
}

test.each([10, 300, 1000, 3000])('a comment about %i lost volumes is short enough and says how many', (count) => {
  const result = many(count);
  const markdown = markdownPage(pageOf(result));
  expect(markdown.length).toBeLessThan(longestComment);
  expect(markdown.split('\n')[0]).toContain(`${count} findings that endanger data; ${count} to delete`);
  const told = new Set(markdown.match(/a-rather-long-name-of-a-volume-\d+/g));
  const named = Array.from({ length: count }, (_, index) => `a-rather-long-name-of-a-volume-${index}`).filter((name) =>
    told.has(name),
  ).length;
  expect(named).toBeGreaterThanOrEqual(Math.min(count, 700));
  expect(htmlPage(pageOf(result)).match(/a-rather-long-name/g)?.length).toBeGreaterThanOrEqual(count);
});
