import type { JsonObject, JsonValue } from '../../../analysis/graph';
import { htmlPage, markdownPage, pageOf, review, reviewDocument, sarifLog, terminalPage } from '../../../analysis/review';
import { rules } from '../../../analysis/review/rules';
import { digitalOceanTier } from './corpus/bases';
import { everywhere, edited, all, set } from './corpus/edit';

const ink = { bold: String, dim: String, red: String, yellow: String, green: String };
const canary = 'CANARY-3f9a1c77';

/** Every text of a value becomes a canary; what tells Terraform's own words from values is kept. */
function poisoned(value: JsonValue): JsonValue {
  if (typeof value === 'string') return canary;
  if (typeof value === 'number') return 31_415_926;
  if (Array.isArray(value)) return value.map(poisoned);
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, poisoned(one as JsonValue)]))
    : value;
}

const types = [
  'aws_db_instance',
  'aws_s3_bucket',
  'aws_secretsmanager_secret_version',
  'aws_ssm_parameter',
  'aws_security_group',
  'aws_s3_bucket_policy',
  'aws_instance',
  'aws_kms_key',
  'digitalocean_database_cluster',
  'digitalocean_firewall',
  'digitalocean_spaces_bucket',
  'kubernetes_secret',
  'google_sql_database_instance',
  'random_password',
  'helm_release',
];
const shape: JsonObject = {
  name: 'x',
  password: 'x',
  acl: 'x',
  policy: 'x',
  region: 'x',
  storage_encrypted: true,
  allocated_storage: 100,
  deletion_protection: true,
  engine: 'x',
  data: { k: 'x' },
  ingress: [{ from_port: 1, to_port: 2, protocol: 'x', cidr_blocks: ['x'] }],
  inbound_rule: [{ protocol: 'x', port_range: 'x', source_addresses: ['x'] }],
  user_data: 'x',
  set_sensitive: [{ name: 'x', value: 'x' }],
  settings: [{ tier: 'x', backup_configuration: [{ enabled: true }] }],
};

/** A plan with canaries in every place that can carry a value. */
function plan(): JsonObject {
  const value = (suffix: string): JsonObject =>
    JSON.parse(JSON.stringify(poisoned(shape)).replaceAll(canary, `${canary}${suffix}`)) as JsonObject;
  const actions = [['update'], ['delete', 'create'], ['delete'], ['create'], ['forget'], ['no-op']];
  const rows = types.flatMap((type, index) =>
    actions.map((list, at) => ({
      address: `${type}.r${index}_${at}`,
      mode: 'managed',
      type,
      name: `r${index}_${at}`,
      provider_name: 'registry.terraform.io/hashicorp/aws',
      change: {
        actions: list,
        before: list.includes('create') && list.length === 1 ? null : value('b'),
        after: list.at(-1) === 'delete' ? null : value('a'),
        after_unknown: { id: true },
        before_sensitive: { password: true },
        after_sensitive: { password: true },
        replace_paths: [['password']],
      },
    })),
  );
  const planned = rows
    .filter(({ change }) => change.after !== null)
    .map(({ change, ...rest }) => ({ ...rest, values: change.after, sensitive_values: { password: true } }));
  return {
    format_version: '1.2',
    terraform_version: '1.11.4',
    complete: true,
    variables: { db: { value: `${canary}v` } },
    planned_values: { root_module: { resources: planned }, outputs: { o: { sensitive: true, value: `${canary}o` } } },
    resource_changes: rows,
    resource_drift: rows,
    output_changes: { o: { actions: ['update'], before: `${canary}1`, after: `${canary}2` } },
    prior_state: { format_version: '1.0', values: { outputs: { o: { value: `${canary}p` } }, root_module: { resources: planned } } },
    configuration: {
      provider_config: {
        aws: { name: 'aws', expressions: { secret_key: { constant_value: `${canary}c` }, region: { constant_value: `${canary}r` } } },
      },
      root_module: {
        variables: { db: { default: `${canary}d` } },
        resources: rows.map(({ address, type, name }) => ({
          address,
          mode: 'managed',
          type,
          name,
          provider_config_key: 'aws',
          expressions: { password: { constant_value: `${canary}e` } },
        })),
      },
    },
  } as unknown as JsonObject;
}

/** Every writer's text. */
function pages(result: ReturnType<typeof review>): Readonly<Record<string, string>> {
  const page = pageOf(result);
  return {
    terminal: terminalPage(page, ink),
    markdown: markdownPage(page),
    html: htmlPage(page),
    json: JSON.stringify(reviewDocument(result)),
    sarif: JSON.stringify(sarifLog(result, rules, '1.0.0')),
  };
}

test('no value of a plan is ever printed, sensitive or not', () => {
  const result = review({ stacks: [{ stack: 'plan', plan: plan() }], today: '2026-11-21', rules });
  expect(result.findings.length).toBeGreaterThan(20);
  for (const [format, text] of Object.entries(pages(result))) expect([format, text.includes('CANARY')]).toEqual([format, false]);
});

test('no value of a configuration is printed either', () => {
  const base = digitalOceanTier('tier3');
  const head = edited(
    base,
    all(
      everywhere('deadlock-coach:1.4.2', `coach:${canary}`),
      set('digitalocean_droplet.app_g1_1', 'user_data', canary),
      set('digitalocean_database_cluster.database_g1', 'engine', canary),
      set('digitalocean_spaces_bucket.storage', 'acl', canary),
      set('digitalocean_firewall.app_firewall', 'inbound_rule.0.port_range', canary),
    ),
  );
  const result = review({ stacks: [{ stack: 'tier3', base, head }], today: '2026-11-21', rules });
  for (const [format, text] of Object.entries(pages(result))) expect([format, text.includes('CANARY')]).toEqual([format, false]);
});
