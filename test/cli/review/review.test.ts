import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CdkTfJson } from '../../../analysis/graph';
import { reviewDocumentSchema } from '../../../analysis/review/document/schema';
import { scratch } from '../../support/scratch';
import { digitalOceanTier } from '../../analysis/review/corpus/bases';
import { all, drop, edited, set, type Edit } from '../../analysis/review/corpus/edit';
import { type } from '../desk';

const nobody = () => Promise.reject(new Error('no environment is opened'));

/** Two folders as synthesis writes them. */
function folders(base: Readonly<Record<string, CdkTfJson>>, head: Readonly<Record<string, CdkTfJson>>): string {
  const room = scratch();
  for (const [side, stacks] of Object.entries({ base, head })) {
    for (const [name, json] of Object.entries(stacks)) {
      mkdirSync(join(room, side, 'stacks', name), { recursive: true });
      writeFileSync(join(room, side, 'stacks', name, 'cdk.tf.json'), JSON.stringify(json));
    }
  }
  return room;
}

function changed(edit: Edit, tier = 'tier3'): string {
  const base = digitalOceanTier(tier);
  return folders({ [tier]: base }, { [tier]: edited(base, edit) });
}

const both = ['--base', 'base', '--head', 'head', '--today', '2026-11-21'];

test('a dangerous change exits with 3 and prints one document with --json', async () => {
  const { code, out, err } = await type(['review', ...both, '--json'], nobody, {
    cwd: changed(set('digitalocean_database_cluster.database_g1', 'name', 'another')),
  });
  const document = reviewDocumentSchema.parse(JSON.parse(out));
  expect([code, err, document.verdict]).toEqual([3, '', 'dangerous']);
  expect(document.changes).toEqual({ create: 0, update: 3, replace: 5, delete: 0, forget: 0, move: 0 });
  expect(
    document.findings.filter(({ existing, severity }) => !existing && severity === 'high').map(({ id, address }) => [id, address]),
  ).toEqual([
    ['guard/replaced', 'digitalocean_database_cluster.database_g1'],
    ['guard/replaced', 'digitalocean_database_db.database_g1_app'],
  ]);
});

test('nothing changed: safe, 0, and the money is the same', async () => {
  const { code, out } = await type(['review', ...both, '--format', 'json'], nobody, { cwd: changed(all()) });
  const { verdict, changes, cost, capacity } = reviewDocumentSchema.parse(JSON.parse(out));
  expect([code, verdict, Object.values(changes)]).toEqual([0, 'safe', [0, 0, 0, 0, 0, 0]]);
  expect([cost.delta.typical, capacity.before?.carries === capacity.after?.carries, capacity.after?.binding?.component]).toEqual([
    '0.00',
    true,
    'inference',
  ]);
});

test('a bigger database costs more, and a bigger server carries more', async () => {
  const { out } = await type(['review', ...both, '--json'], nobody, {
    cwd: changed(
      all(
        set('digitalocean_droplet.inference_g1_1', 'size', 'c-32'),
        set('digitalocean_database_cluster.database_g1', 'size', 'db-s-6vcpu-16gb'),
      ),
    ),
  });
  const { cost, capacity, verdict } = reviewDocumentSchema.parse(JSON.parse(out));
  expect([verdict, Number(cost.delta.typical) > 0, cost.components.map(({ component }) => component).sort()]).toEqual([
    'safe',
    true,
    ['database', 'inference'],
  ]);
  expect(capacity.after?.carries).toBeGreaterThan(capacity.before?.carries ?? 0);
  expect(Number(cost.after.typical) - Number(cost.before.typical)).toBeCloseTo(Number(cost.delta.typical), 2);
});

test('--fail-on says from where on a pipeline stops', async () => {
  const cwd = changed(set('digitalocean_droplet.app_g1_1', 'region', 'ams3'));
  const codes = await Promise.all(
    ['high', 'medium', 'low'].map(
      async (severity) => (await type(['review', ...both, '--json', '--fail-on', severity], nobody, { cwd })).code,
    ),
  );
  expect(codes).toEqual([0, 3, 3]);
});

test('an environment whose tier was changed by hand is compared with the tier it was at', async () => {
  const lock = (json: CdkTfJson): CdkTfJson => ({
    ...json,
    variable: { ...(json['variable'] as object), tier_change_approved: { type: 'string' } },
  });
  const state = { backend: { s3: { bucket: 'b', key: 'production.tfstate' } } };
  const [one, two] = ['tier1', 'tier2'].map((tier) => ({ ...digitalOceanTier(tier), terraform: state })) as unknown as [
    CdkTfJson,
    CdkTfJson,
  ];
  const cwd = folders({ tier1: one, tier2: lock(two) }, { tier1: lock(one), tier2: two });
  const { code, out } = await type(['review', ...both, '--json'], nobody, { cwd });
  const { stacks, findings } = reviewDocumentSchema.parse(JSON.parse(out));
  expect([code, stacks.map(({ name }) => name)]).toEqual([3, ['tier2']]);
  expect(findings.map(({ id }) => id)).toContain('guard/recorded-tier');
});

test.each([
  [[], 'REVIEW_NO_INPUT'],
  [['--base', 'base'], 'REVIEW_ONE_SIDE'],
  [['--head', 'head'], 'REVIEW_ONE_SIDE'],
  [['--base', 'nowhere', '--head', 'head'], 'CLI_INPUT_UNREADABLE'],
  [['--base', 'empty', '--head', 'head'], 'REVIEW_NO_STACKS'],
  [['--base', 'hcl', '--head', 'head'], 'REVIEW_HCL'],
  [['--plan', 'truncated.json'], 'CLI_JSON_BROKEN'],
  [['--plan', 'newer.json'], 'GRAPH_NEWER_FORMAT'],
  [['--plan', 'state.json'], 'REVIEW_NOT_A_PLAN'],
  [['--plan', 'head/stacks/tier3/cdk.tf.json'], 'REVIEW_NOT_A_PLAN'],
  [['--plan', 'binary.tfplan'], 'CLI_INPUT_OF_OTHER_KIND'],
  [['--plan', 'list.json'], 'GRAPH_WRONG_DOCUMENT'],
  [['--base', 'base', '--head', 'head', '--format', 'xml'], 'CLI_CHOICE_UNKNOWN'],
  [['--base', 'base', '--head', 'head', '--fail-on', 'hgih'], 'CLI_CHOICE_UNKNOWN'],
])('what cannot be reviewed exits with 1 and says why: %j', async (args, error) => {
  const cwd = changed(all());
  mkdirSync(join(cwd, 'empty'));
  mkdirSync(join(cwd, 'hcl'));
  writeFileSync(join(cwd, 'hcl', 'main.tf'), 'resource "a" "b" {}');
  const plan = JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: { root_module: { resources: [] } },
    resource_changes: [],
  });
  const files = {
    'truncated.json': plan.slice(0, 60),
    'newer.json': plan.replace('1.2', '2.0'),
    'state.json': '{"format_version":"1.0","values":{}}',
    'binary.tfplan': 'PK\u0003\u0004x',
    'list.json': '[]',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  const { code, out } = await type(['review', ...args, '--json'], nobody, { cwd });
  expect([code, (JSON.parse(out) as { error: { code: string } }).error.code]).toEqual([1, error]);
});

test('a plan alone is reviewed, and a plan beside the folders decides what is replaced', async () => {
  const cwd = changed(drop('digitalocean_uptime_alert.monitoring_down'));
  const row = {
    address: 'digitalocean_volume.data',
    mode: 'managed',
    type: 'digitalocean_volume',
    name: 'data',
    provider_name: 'registry.terraform.io/digitalocean/digitalocean',
    change: {
      actions: ['delete', 'create'],
      before: { size: 10 },
      after: { size: 10 },
      after_unknown: { id: true },
      replace_paths: [['region']],
    },
  };
  writeFileSync(
    join(cwd, 'plan.json'),
    JSON.stringify({
      format_version: '1.2',
      planned_values: {
        root_module: { resources: [{ address: row.address, mode: 'managed', type: row.type, name: 'data', values: { size: 10 } }] },
      },
      resource_changes: [row],
    }),
  );
  const { code, out } = await type(['review', '--plan', 'plan.json', '--json'], nobody, { cwd });
  const document = reviewDocumentSchema.parse(JSON.parse(out));
  expect([
    code,
    document.resources[0]?.because,
    document.findings.filter(({ severity }) => severity === 'high').map(({ id }) => id),
  ]).toEqual([3, ['region'], ['guard/replaced']]);
  expect(document.stacks).toEqual([{ name: 'plan', planned: true }]);
});

test('every format can be asked for; the first line is the verdict', async () => {
  const cwd = changed(set('digitalocean_database_cluster.database_g1', 'name', 'another'));
  const texts = await Promise.all(
    ['terminal', 'markdown', 'html', 'sarif'].map(
      async (format) => (await type(['review', ...both, '--format', format], nobody, { cwd })).out,
    ),
  );
  const [terminal = '', markdown = '', html = '', sarif = ''] = texts;
  expect(terminal.split('\n', 1)[0]).toBe('Dangerous: 2 findings that endanger data; 5 to replace, 3 to update.');
  expect(markdown.split('\n', 1)[0]).toBe('## 🛑 Dangerous: 2 findings that endanger data; 5 to replace, 3 to update.');
  expect(html).toContain('<h1>Dangerous: 2 findings that endanger data; 5 to replace, 3 to update.</h1>');
  expect((JSON.parse(sarif) as { version: string }).version).toBe('2.1.0');
});
