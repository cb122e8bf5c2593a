import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { graphFromPlan, graphFromState } from '../../../analysis/graph';
import type { JsonObject } from '../../../analysis/graph';
import { needs } from '../../support/needs';
import { scratch } from '../../support/scratch';

const plan: JsonObject = {
  format_version: '1.2',
  planned_values: {
    root_module: {
      resources: [
        resource('digitalocean_droplet.app[0]', 'digitalocean_droplet', 'app', { size: 's-1vcpu-1gb', name: 'a' }),
        resource('digitalocean_droplet.app[1]', 'digitalocean_droplet', 'app', { size: 's-1vcpu-1gb', name: 'b' }),
        { ...resource('data.digitalocean_image.x', 'digitalocean_image', 'x', {}), mode: 'data' },
      ],
      child_modules: [
        {
          address: 'module.db["eu"]',
          resources: [
            resource('module.db["eu"].digitalocean_database_cluster.main', 'digitalocean_database_cluster', 'main', { engine: 'pg' }),
            resource('module.db["eu"].digitalocean_database_firewall.main', 'digitalocean_database_firewall', 'main', {}),
          ],
        },
      ],
    },
  },
  resource_changes: [
    change('digitalocean_droplet.app[0]', ['no-op'], {}),
    change('digitalocean_droplet.app[1]', ['create', 'delete'], { id: true, backup_policy: [{ plan: true, hour: false }] }),
    { ...change('digitalocean_droplet.app[1]', ['delete'], {}), deposed: 'abcd' },
    change('module.db["eu"].digitalocean_database_cluster.main', ['delete', 'create'], { id: true }),
    change('module.db["eu"].digitalocean_database_firewall.main', ['explode'], { id: true, cluster_id: true }),
    {
      ...change('digitalocean_volume.old', ['forget'], {}),
      type: 'digitalocean_volume',
      name: 'old',
      provider_name: 'registry.terraform.io/digitalocean/digitalocean',
    },
  ],
  configuration: {
    provider_config: {
      digitalocean: { name: 'digitalocean' },
      'aws.eu': { name: 'aws', alias: 'eu', expressions: { region: { constant_value: 'eu-west-1' }, token: { references: ['var.t'] } } },
    },
    root_module: {
      resources: [
        {
          address: 'digitalocean_droplet.app',
          provider_config_key: 'digitalocean.fra',
          expressions: { size: { constant_value: 's' }, tags: { references: ['digitalocean_tag.t.id', 'digitalocean_tag.t'] } },
          depends_on: ['digitalocean_volume.old'],
        },
      ],
      module_calls: {
        db: {
          expressions: { servers: { references: ['digitalocean_droplet.app[0].id', 'digitalocean_droplet.app[0]'] } },
          module: {
            resources: [
              { address: 'digitalocean_database_cluster.main', expressions: { engine: { constant_value: 'pg' } } },
              {
                address: 'digitalocean_database_firewall.main',
                expressions: {
                  cluster_id: { references: ['digitalocean_database_cluster.main.id', 'digitalocean_database_cluster.main'] },
                  rule: [{ type: { constant_value: 'droplet' }, value: { references: ['var.servers'] } }],
                },
              },
            ],
          },
        },
      },
    },
  },
};

function resource(address: string, type: string, name: string, values: JsonObject): JsonObject {
  return { address, mode: 'managed', type, name, provider_name: 'registry.terraform.io/digitalocean/digitalocean', values };
}

function change(address: string, actions: readonly string[], unknown: JsonObject): JsonObject {
  return { address, mode: 'managed', change: { actions, before: { size: 10 }, after_unknown: unknown } };
}

describe('a plan', () => {
  const graph = graphFromPlan(plan);
  const firewall = 'module.db["eu"].digitalocean_database_firewall.main';

  test('holds what will exist, with its action', () => {
    expect(graph.resources.map((one) => [one.address, one.action])).toEqual([
      ['digitalocean_droplet.app[0]', 'no-op'],
      ['digitalocean_droplet.app[1]', 'replace'],
      ['module.db["eu"].digitalocean_database_cluster.main', 'replace'],
      [firewall, 'unrecognized'],
    ]);
  });

  test('keeps apart what it removes', () => {
    expect(graph.removed.map((one) => [one.address, one.type, one.action, one.provider, one.values])).toEqual([
      ['digitalocean_volume.old', 'digitalocean_volume', 'forget', 'digitalocean', { size: 10 }],
    ]);
  });

  test('names unknown values by path, and what the configuration states', () => {
    expect(graph.get('digitalocean_droplet.app[1]')?.unknown).toEqual(['backup_policy.0.plan', 'id']);
    expect(graph.get('digitalocean_droplet.app[1]')?.configured).toEqual(['size', 'tags']);
  });

  test('follows references, also through the variables of a module', () => {
    expect(graph.get(firewall)?.referencesByAttribute).toEqual({
      cluster_id: ['module.db["eu"].digitalocean_database_cluster.main'],
      rule: ['digitalocean_droplet.app[0]'],
    });
    expect(graph.get('digitalocean_droplet.app[0]')?.references).toEqual(['digitalocean_volume.old']);
  });

  test('knows provider configurations', () => {
    expect(graph.providers).toEqual({ digitalocean: {}, 'aws.eu': { region: 'eu-west-1' } });
    expect(graph.get('digitalocean_droplet.app[0]')?.provider).toBe('digitalocean.fra');
    expect(graph.get(firewall)?.provider).toBe('digitalocean');
  });

  test('names components by module or resource', () => {
    expect(graph.resources.map((one) => one.component)).toEqual(['app', 'app', 'module.db["eu"]', 'module.db["eu"]']);
  });
});

describe('a state', () => {
  const values = {
    root_module: {
      resources: [
        { ...resource('t_x.a', 't_x', 'a', { id: '7' }) },
        { ...resource('t_x.b', 't_x', 'b', { id: '8', other: 7, ids: ['7', ''] }), depends_on: ['t_x.a'] },
      ],
    },
  };

  test('holds what exists; references are found by id', () => {
    const graph = graphFromState({ format_version: '1.0', values });
    const b = graph.get('t_x.b');
    expect(b?.references).toEqual(['t_x.a']);
    expect(b?.action).toBeUndefined();
    expect(
      b === undefined ? [] : [graph.referenced(b, 'other'), graph.referenced(b, 'ids')].map((found) => found.map((one) => one.address)),
    ).toEqual([['t_x.a'], ['t_x.a']]);
  });

  test('is also read from the plan that holds it', () => {
    expect(
      graphFromState({ format_version: '1.2', planned_values: {}, prior_state: { format_version: '1.0', values } }).resources.map(
        (one) => one.address,
      ),
    ).toEqual(['t_x.a', 't_x.b']);
    expect(graphFromState({ format_version: '1.2', planned_values: {} }).resources).toEqual([]);
  });

  test('may be empty', () => expect(graphFromState({ format_version: '1.0' }).resources).toEqual([]));
});

describe('other documents are refused by name', () => {
  const planHint = 'This is not a Terraform plan in JSON. Give the output of `terraform show -json PLANFILE`.';
  const stateHint = 'This is not a Terraform state in JSON. Give the output of `terraform show -json`, not the state file itself.';

  test.each<[string, unknown, string]>([
    ['a list', [], planHint],
    ['null', null, planHint],
    ['a state', { format_version: '1.0', values: {} }, planHint],
    [
      'a newer plan',
      { format_version: '2.0', planned_values: {} },
      'The plan has format version 2.0; this release reads 1.x. Update Terrace, or write the plan with an older Terraform.',
    ],
  ])('plan: %s', (_, json, message) => expect(() => graphFromPlan(json)).toThrow(message));

  test.each<[string, unknown, string]>([
    ['a text', 'x', stateHint],
    ['a state file', { version: 4, resources: [] }, stateHint],
    ['a newer state', { format_version: '3.1' }, 'The state has format version 3.1; this release reads 1.x.'],
  ])('state: %s', (_, json, message) => expect(() => graphFromState(json)).toThrow(message));
});

const configuration = {
  resource: {
    terraform_data: {
      app: { count: 2, input: 'app-${count.index}' },
      reader: { for_each: '${toset(["eu"])}', input: '${terraform_data.app[0].id}', depends_on: ['terraform_data.app'] },
    },
  },
  module: { web: { source: './web', given: '${terraform_data.app[1].id}' } },
};
const module_ = {
  variable: { given: {} },
  resource: { terraform_data: { inner: { input: '${var.given}' } } },
};

needs('terraform')('real Terraform: a plan and the state after it', () => {
  const folder = scratch();
  mkdirSync(join(folder, 'web'));
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(configuration));
  writeFileSync(join(folder, 'web', 'main.tf.json'), JSON.stringify(module_));
  const terraform = (...args: readonly string[]): string =>
    execFileSync('terraform', [...args], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  terraform('init', '-input=false');
  terraform('plan', '-input=false', '-out=plan');
  const planned = graphFromPlan(JSON.parse(terraform('show', '-json', 'plan')));
  expect(planned.resources.map((one) => [one.address, one.action, one.provider, one.references])).toEqual([
    ['module.web.terraform_data.inner', 'create', 'terraform', ['terraform_data.app[1]']],
    ['terraform_data.app[0]', 'create', 'terraform', []],
    ['terraform_data.app[1]', 'create', 'terraform', []],
    ['terraform_data.reader["eu"]', 'create', 'terraform', ['terraform_data.app[0]', 'terraform_data.app[1]']],
  ]);
  expect(planned.get('terraform_data.reader["eu"]')?.unknown).toEqual(['id', 'input', 'output']);
  terraform('apply', '-input=false', 'plan');
  const state = graphFromState(JSON.parse(terraform('show', '-json')));
  expect(state.resources.map((one) => one.address)).toEqual(planned.resources.map((one) => one.address));
  const reader = state.get('terraform_data.reader["eu"]');
  expect(reader === undefined ? [] : state.referenced(reader, 'input').map((one) => one.address)).toEqual(['terraform_data.app[0]']);
});
