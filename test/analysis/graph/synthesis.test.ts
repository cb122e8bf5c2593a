import { graphFromSynthesis } from '../../../analysis/graph';
import type { JsonObject, ResourceNode } from '../../../analysis/graph';

const ours = { terraform_data: { recorded_tier: { input: 'tier1' } } };

function node(resource: JsonObject, address: string, rest: JsonObject = {}): ResourceNode {
  const found = graphFromSynthesis({ ...rest, resource }).get(address);
  if (found === undefined) throw new Error(`no ${address}`);
  return found;
}

describe('a configuration of ours', () => {
  const graph = graphFromSynthesis({
    resource: {
      ...ours,
      digitalocean_database_cluster: {
        database_g1: {
          '//': { metadata: { path: 'x' } },
          engine: 'pg',
          size: 'db-s-2vcpu-4gb',
          node_count: 2,
          lifecycle: { prevent_destroy: true, ignore_changes: ['version'] },
        },
      },
      digitalocean_database_replica: {
        database_g1_replica: {
          cluster_id: '${digitalocean_database_cluster.database_g1.id}',
          size: '${digitalocean_database_cluster.database_g1.size}',
        },
      },
      digitalocean_loadbalancer: {
        'load-balancer': { droplet_ids: ['${digitalocean_droplet.app_1.id}', '${digitalocean_droplet.app_2.id}'] },
      },
      digitalocean_droplet: {
        app_1: { size: 's-1vcpu-1gb' },
        app_2: { size: 's-1vcpu-1gb', depends_on: ['digitalocean_droplet.app_1'], lifecycle: { ignore_changes: 'all' } },
      },
    },
  });

  test('is sorted by address', () => {
    expect(graph.resources.map((one) => one.address)).toEqual([
      'digitalocean_database_cluster.database_g1',
      'digitalocean_database_replica.database_g1_replica',
      'digitalocean_droplet.app_1',
      'digitalocean_droplet.app_2',
      'digitalocean_loadbalancer.load-balancer',
      'terraform_data.recorded_tier',
    ]);
  });

  test('takes references to literals as their values and lists the rest as unknown', () => {
    expect(graph.get('digitalocean_database_replica.database_g1_replica')).toEqual({
      address: 'digitalocean_database_replica.database_g1_replica',
      type: 'digitalocean_database_replica',
      name: 'database_g1_replica',
      provider: 'digitalocean',
      values: { cluster_id: '${digitalocean_database_cluster.database_g1.id}', size: 'db-s-2vcpu-4gb' },
      references: ['digitalocean_database_cluster.database_g1'],
      referencesByAttribute: {
        cluster_id: ['digitalocean_database_cluster.database_g1'],
        size: ['digitalocean_database_cluster.database_g1'],
      },
      component: 'database',
      configured: ['cluster_id', 'size'],
      unknown: ['cluster_id'],
    });
  });

  test('finds what an attribute refers to', () => {
    const balancer = graph.get('digitalocean_loadbalancer.load-balancer') as ResourceNode;
    expect(graph.referenced(balancer, 'droplet_ids').map((one) => one.address)).toEqual([
      'digitalocean_droplet.app_1',
      'digitalocean_droplet.app_2',
    ]);
    expect(graph.referenced(balancer, 'name')).toEqual([]);
  });

  test('keeps lifecycle and depends_on, and no meta argument among the values', () => {
    expect(graph.get('digitalocean_database_cluster.database_g1')?.lifecycle).toEqual({ preventDestroy: true, ignoreChanges: ['version'] });
    expect(graph.get('digitalocean_database_cluster.database_g1')?.values).toEqual({ engine: 'pg', size: 'db-s-2vcpu-4gb', node_count: 2 });
    expect(graph.get('digitalocean_droplet.app_2')?.lifecycle).toEqual({ preventDestroy: false, ignoreChanges: ['all'] });
    expect(graph.get('digitalocean_droplet.app_2')?.references).toEqual(['digitalocean_droplet.app_1']);
    expect(graph.get('digitalocean_droplet.app_1')?.lifecycle).toBeUndefined();
  });

  test('names components by the first segment', () => {
    expect(graph.resources.map((one) => one.component)).toEqual(['database', 'database', 'app', 'app', 'load-balancer', 'recorded']);
  });
});

test('in other configurations the component is the resource', () => {
  expect(node({ digitalocean_droplet: { web_server: {} } }, 'digitalocean_droplet.web_server').component).toBe('web_server');
});

describe('count and for_each', () => {
  const addresses = (body: JsonObject, rest: JsonObject = {}): readonly string[] =>
    graphFromSynthesis({ ...rest, resource: { digitalocean_droplet: { app: body } } }).resources.map((one) => one.address);

  test.each<[string, JsonObject, JsonObject, readonly string[]]>([
    ['a number', { count: 2 }, {}, ['digitalocean_droplet.app[0]', 'digitalocean_droplet.app[1]']],
    ['a number as text', { count: '2' }, {}, ['digitalocean_droplet.app[0]', 'digitalocean_droplet.app[1]']],
    ['none', { count: 0 }, {}, []],
    ['a variable', { count: '${var.n}' }, { variable: { n: { default: 1 } } }, ['digitalocean_droplet.app[0]']],
    ['a map', { for_each: { eu: 1, us: 2 } }, {}, ['digitalocean_droplet.app["eu"]', 'digitalocean_droplet.app["us"]']],
    ['a set', { for_each: '${toset(["b", "a"])}' }, {}, ['digitalocean_droplet.app["a"]', 'digitalocean_droplet.app["b"]']],
    ['a local', { for_each: '${local.sizes}' }, { locals: { sizes: { eu: 's' } } }, ['digitalocean_droplet.app["eu"]']],
  ])('%s', (_, body, rest, expected) => expect(addresses(body, rest)).toEqual(expected));

  test.each<[string, JsonObject, string]>([
    ['a computed number', { count: '${length(var.x)}' }, 'count'],
    ['a negative number', { count: -1 }, 'count'],
    ['a fraction', { count: 1.5 }, 'count'],
    ['more than anyone writes', { count: 1e9 }, 'count'],
    ['a computed set', { for_each: '${digitalocean_droplet.x.tags}' }, 'for_each'],
    ['a set of numbers', { for_each: [1, 2] }, 'for_each'],
  ])('%s leaves one of unknown number', (_, body, unknown) => {
    expect(node({ digitalocean_droplet: { app: body } }, 'digitalocean_droplet.app').unknown).toEqual([unknown]);
  });

  test('each and count.index are replaced', () => {
    const each = node(
      { digitalocean_droplet: { app: { for_each: { eu: { size: 's-1vcpu-1gb' } }, name: 'app-${each.key}', size: '${each.value.size}' } } },
      'digitalocean_droplet.app["eu"]',
    );
    expect(each.values).toEqual({ name: 'app-eu', size: 's-1vcpu-1gb' });
    expect(node({ digitalocean_droplet: { app: { count: 1, name: 'app-${count.index}' } } }, 'digitalocean_droplet.app[0]').values).toEqual(
      { name: 'app-0' },
    );
  });

  test('a reference without a key means all instances', () => {
    const volume = { droplet_ids: '${digitalocean_droplet.app[*].id}', first: '${digitalocean_droplet.app[0].id}' };
    const found = node({ digitalocean_droplet: { app: { count: 2 } }, digitalocean_x: { v: volume } }, 'digitalocean_x.v');
    expect(found.referencesByAttribute).toEqual({
      droplet_ids: ['digitalocean_droplet.app[0]', 'digitalocean_droplet.app[1]'],
      first: ['digitalocean_droplet.app[0]'],
    });
  });
});

describe('values', () => {
  const values = (body: JsonObject, rest: JsonObject = {}): [JsonObject, readonly string[]] => {
    const found = node({ t_x: { a: body, b: { size: 'big', list: ['p', 'q'] } } }, 't_x.a', rest);
    return [found.values, found.unknown];
  };

  test.each<[string, JsonObject, JsonObject, JsonObject, readonly string[]]>([
    ['a local of a local', { v: '${local.a}' }, { locals: { a: '${local.b}', b: 3 } }, { v: 3 }, []],
    ['a local in a circle', { v: '${local.a}' }, { locals: { a: '${local.b}', b: '${local.a}' } }, { v: '${local.a}' }, ['v']],
    ['a variable with a default', { v: '${var.a}' }, { variable: { a: { default: 'x' } } }, { v: 'x' }, []],
    ['a variable without one', { v: '${var.a}' }, { variable: { a: {} } }, { v: '${var.a}' }, ['v']],
    ['a text around a value', { v: 'a-${local.a}-${3}' }, { locals: { a: 1 } }, { v: 'a-1-3' }, []],
    ['a list in a text', { v: 'a-${local.a}' }, { locals: { a: [1] } }, { v: 'a-${local.a}' }, ['v']],
    ['a literal in quotes', { v: '${"x"}' }, {}, { v: 'x' }, []],
    ['an escaped dollar', { v: '$${HOME}' }, {}, { v: '${HOME}' }, []],
    ['a function', { v: '${upper("x")}' }, {}, { v: '${upper("x")}' }, ['v']],
    ['a part of another resource', { v: '${t_x.b.list.1}' }, {}, { v: 'q' }, []],
    ['a computed attribute', { v: '${t_x.b.id}' }, {}, { v: '${t_x.b.id}' }, ['v']],
    ['a reference to itself', { v: '${t_x.a.w}', w: '${t_x.a.v}' }, {}, { v: '${t_x.a.w}', w: '${t_x.a.v}' }, ['v', 'w']],
    [
      'deep in a block',
      { pool: [{ size: '${t_x.b.id}' }, { size: '${t_x.b.size}' }] },
      {},
      { pool: [{ size: '${t_x.b.id}' }, { size: 'big' }] },
      ['pool.0.size'],
    ],
  ])('%s', (_, body, rest, expected, unknown) => expect(values(body, rest)).toEqual([expected, unknown]));

  test('a given variable wins over its default', () => {
    const json = { variable: { a: { default: 'x' } }, resource: { t_x: { a: { v: '${var.a}' } } } };
    expect(graphFromSynthesis(json, { variables: { a: 'y' } }).get('t_x.a')?.values).toEqual({ v: 'y' });
  });
});

test('provider aliases and their settings', () => {
  const graph = graphFromSynthesis({
    provider: { aws: [{ region: 'us-east-1' }, { alias: 'ireland', region: '${local.r}', token: '${var.t}' }] },
    locals: { r: 'eu-west-1' },
    resource: { aws_eip: { a: {}, b: { provider: 'aws.ireland' } } },
  });
  expect(graph.providers).toEqual({ aws: { region: 'us-east-1' }, 'aws.ireland': { region: 'eu-west-1' } });
  expect(graph.resources.map((one) => one.provider)).toEqual(['aws', 'aws.ireland']);
});

test('a module cannot be seen into, and is said to be so', () => {
  expect(graphFromSynthesis({ module: { web: { source: './web' } } }).opaque).toEqual([
    { address: 'module.web', reason: 'a configuration does not hold the resources of its modules; read a plan instead' },
  ]);
});

test('bodies may be lists, as Terraform allows', () => {
  const graph = graphFromSynthesis({ resource: [{ t_x: { a: [{ v: 1 }] } }, { t_y: [{ b: { v: 2 } }] }] });
  expect(graph.resources.map((one) => [one.address, one.values])).toEqual([
    ['t_x.a', { v: 1 }],
    ['t_y.b', { v: 2 }],
  ]);
});

test.each<[string, unknown]>([
  ['a list', []],
  ['null', null],
  ['a text', 'x'],
  ['a plan', { format_version: '1.2', planned_values: {} }],
])('%s is refused', (_, json) => {
  expect(() => graphFromSynthesis(json as JsonObject)).toThrow(
    'This is not a configuration in JSON syntax. Give a cdk.tf.json, or read a plan or a state as what it is.',
  );
});

test('an empty configuration is an empty graph', () => {
  expect(graphFromSynthesis({}).resources).toEqual([]);
});

test('two resources with one address are refused', () => {
  expect(() => graphFromSynthesis({ resource: [{ t_x: { a: {} } }, { t_x: { a: {} } }] })).toThrow(
    'The address t_x.a occurs twice. Each resource needs its own address.',
  );
});
