import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { graphFromSynthesis, type CdkTfJson } from '../../../analysis/graph';
import { checkEnvironment } from '../../../environments/check';
import type { Environment } from '../../../environments/schema';
import { bodiesOf, pairOf, sidesOf, transition, transitional } from '../../../stacks/transition';
import type { PromotionPhase } from '../../../tiers/phase';
import type { TierId } from '../../../tiers/tier';
import { keptEnvironment } from '../../support/sandbox';
import { wholeLadder } from '../../support/project';
import { scratch } from '../../support/scratch';
import { inPhase } from './support';

const environment = keptEnvironment({ tier: 'tier1' });
const inPhaseOf = (phase: PromotionPhase) => inPhase(environment, 'tier2', phase);

function json(phase: PromotionPhase): Record<string, Record<string, unknown>> {
  const { resource } = transitional({ ...environment, promotion: { to: 'tier2', phase } }, scratch()) as unknown as {
    readonly resource: Record<string, Record<string, Record<string, unknown>>>;
  };
  return Object.fromEntries(
    Object.entries(resource).flatMap(([type, named]) => Object.entries(named).map(([name, body]) => [`${type}.${name}`, body] as const)),
  );
}

test('both stacks hold the same configuration, and every other one refuses', () => {
  const synthesis = wholeLadder(inPhaseOf('expand'));
  const of = (tier: string) => {
    const { '//': _, ...rest } = JSON.parse(
      readFileSync(join(synthesis.tiers.find(({ id }) => id === tier)?.directory ?? '', 'cdk.tf.json'), 'utf8'),
    ) as Record<string, unknown>;
    return rest;
  };
  expect(of('tier2')).toEqual(of('tier1'));
  expect(of('tier1')).not.toHaveProperty('variable.tier_change_approved');
  expect(JSON.stringify(of('tier3')['variable'])).toContain(
    'Environment sample is being promoted from tier1 to tier2; this stack is tier3. Until that is done, name tier1 or tier2: both are the same.',
  );
  expect(synthesis.recorded.id).toBe('tier1');
});

test('a locked stack has every provider that the state names, because without one Terraform says that and no word of the lock', () => {
  const aws = (environment: Environment, stack: string) =>
    (wholeLadder(environment).tiers.find(({ id }) => id === stack)?.json['provider'] as Record<string, unknown> | undefined)?.['aws'];
  const inRegion = (region: string) => ({
    region,
    sts_region: '${[var.secret_session_key, var.tier_change_approved] == null ? null : null}',
    default_tags: [{ tags: { environment: 'sample', terrace: 'yes' } }],
  });
  const distant = { alias: 'us_west_2', ...inRegion('us-west-2') };
  const places = { platform: 'aws', region: 'us-east-1', regions: ['us-west-2'], gpu: { spot: false, otherwise: 'cpu' } } as const;
  const standing = keptEnvironment({ tier: 'tier5', ...places, regions: [...places.regions] });
  expect(aws(standing, 'tier1')).toEqual([inRegion('us-east-1'), distant]);
  expect(aws({ ...standing, promotion: { to: 'tier6', phase: 'expand' } }, 'tier1')).toEqual([inRegion('us-east-1'), distant]);
  // What arrives from another platform too.
  const arriving = { to: 'tier2', phase: 'expand', ...places, regions: [...places.regions] } as const;
  const here = keptEnvironment({ tier: 'tier2' });
  expect(aws({ ...here, promotion: { ...arriving, regions: [...arriving.regions] } }, 'tier1')).toEqual([inRegion('us-east-1')]);
});

test('phases that share a configuration are the same to the byte, so that a plain plan between them is empty', () => {
  const text = (phase: PromotionPhase) => JSON.stringify(transitional({ ...environment, promotion: { to: 'tier2', phase } }, scratch()));
  expect(text('verify')).toBe(text('migrate'));
  expect(text('soak')).toBe(text('cutover'));
  expect(text('cutover')).not.toBe(text('migrate'));
  expect(text('expand')).toBe(text('expand'));
});

test('each phase states where the address points', () => {
  const points = (phase: PromotionPhase) => json(phase)['digitalocean_reserved_ip.app_address']?.['droplet_id'];
  expect([points('expand'), points('verify')]).toEqual(['${digitalocean_droplet.app_g1_1.id}', '${digitalocean_droplet.app_g1_1.id}']);
  expect([points('cutover'), points('contract')]).toEqual(['${digitalocean_droplet.app_g2_1.id}', '${digitalocean_droplet.app_g2_1.id}']);
});

test('once switched, the old servers reach the database that was moved, and run what they ran', () => {
  const release = (phase: PromotionPhase): string =>
    String(json(phase)['digitalocean_spaces_bucket_object.configuration_app']?.['content']);
  const [before, after] = [release('verify'), release('cutover')];
  expect(before).toContain('"pooler":{"kind":"local"');
  expect(after).toContain(
    '"pooler":{"kind":"remote","host":"${trimsuffix(trimprefix(jsonencode(digitalocean_database_connection_pool.database_g2_pool_20.private_host)',
  );
  expect(after).toContain('server_tls_sslmode = require');
  expect(after).toContain('Llama-3.2-3B-Instruct');
  expect(after.match(/\$\{/g)?.length).toBeGreaterThan(before.match(/\$\{/g)?.length ?? 0);
});

test('once switched, the old servers find the bucket and the cache that were moved where the new ones do, and a cache only in their own network', () => {
  const found = (
    of: Environment,
    promotion: Omit<NonNullable<Environment['promotion']>, 'phase'>,
    address: string,
    phase: PromotionPhase,
  ) => {
    const content = bodiesOf(transitional({ ...of, promotion: { ...promotion, phase } }, scratch())).get(address)?.['content'];
    return (name: string): string => new RegExp(`"${name}":"\\$\\{(.*?)\\}`).exec(String(content))?.[1] ?? 'none';
  };
  const three = { ...environment, tier: 'tier3', platform: 'digitalocean', region: 'fra1' } as const;
  const away = { to: 'tier3', platform: 'aws', region: 'eu-central-1' } as const;
  const there = found(three, away, 'digitalocean_spaces_bucket_object.configuration_app', 'cutover');
  expect(there('STORAGE_BUCKET')).toContain('aws_s3_bucket.storage.id');
  expect(there('STORAGE_SECRET_ACCESS_KEY')).toContain('aws_iam_access_key.storage_app_key.secret');
  expect(there('REDIS_URL')).toContain('digitalocean_database_cluster.cache_g1');
  const before = found(three, away, 'digitalocean_spaces_bucket_object.configuration_app', 'verify');
  expect(before('STORAGE_BUCKET')).toContain('digitalocean_spaces_bucket.storage');
  const four = { ...environment, tier: 'tier4', platform: 'aws', region: 'eu-central-1' } as const;
  expect(found(four, { to: 'tier3' }, 'aws_s3_object.configuration_app', 'cutover')('REDIS_URL')).toBe(
    found(four, { to: 'tier3' }, 'aws_s3_object.configuration_app_g2', 'cutover')('REDIS_URL'),
  );
});

test('while both stand, the private network reaches a database beside its app, and a role that moves it is made', () => {
  const release = (phase: PromotionPhase): string =>
    String(json(phase)['digitalocean_spaces_bucket_object.configuration_app']?.['content'] ?? '');
  const opens = (phase: PromotionPhase): unknown =>
    (
      json(phase)['digitalocean_firewall.app_firewall'] as { readonly inbound_rule: readonly { readonly port_range: string }[] }
    ).inbound_rule.filter(({ port_range }) => port_range === '5432');
  for (const phase of ['expand', 'migrate', 'verify', 'cutover', 'soak'] as const) {
    expect(json(phase)['terraform_data.database_mover']).toMatchObject({
      input: '${sensitive(uuid())}',
      lifecycle: { ignore_changes: ['input'] },
    });
    expect(release(phase)).toContain('"mover":{"user":"terrace_mover","password":"${');
    expect(opens(phase)).toEqual([{ port_range: '5432', protocol: 'tcp', source_addresses: ['${digitalocean_vpc.network.ip_range}'] }]);
  }
  for (const phase of ['contract', 'rollback'] as const) {
    expect(json(phase)).not.toHaveProperty(['terraform_data.database_mover']);
    expect(release(phase)).not.toContain('terrace_mover","password');
    expect(opens(phase)).toEqual([]);
  }
  // The port is published from the first day: to publish it later would start the database anew.
  const containers = (phase: PromotionPhase): string => /"compose":\{.*?\},"checks"/.exec(release(phase))?.[0] ?? '';
  expect(containers('rollback')).toContain(':5432:5432"');
  expect(containers('expand')).toBe(containers('rollback'));
});

test('the state remembers the old tier and its generations until contract, which alone may replace them', () => {
  const recorded = (phase: PromotionPhase) => [
    json(phase)['terraform_data.recorded_tier'],
    json(phase)['terraform_data.recorded_generations'],
  ];
  const kept = { lifecycle: { prevent_destroy: true } };
  for (const phase of ['expand', 'migrate', 'verify', 'cutover', 'soak', 'rollback'] as const)
    expect(recorded(phase)).toMatchObject([
      { triggers_replace: 'tier1', ...kept },
      { triggers_replace: 'all at 1', ...kept },
    ]);
  for (const each of recorded('contract')) expect(each).not.toHaveProperty('lifecycle');
  expect(recorded('contract')).toMatchObject([{ triggers_replace: 'tier2' }, { triggers_replace: 'app=2, database=2' }]);
});

test('what costs and holds nothing of its own goes in contract: clusters that trusted sources name, read replicas, caches', () => {
  const leaving = (from: Partial<Environment>, to: TierId) => {
    const there = { ...environment, platform: 'digitalocean', region: 'tor1', regions: ['ams3'], ...from } as Environment;
    return transition(sidesOf(there, pairOf(there, { to }), scratch()), 'contracted').leaving;
  };
  const [down, up] = [leaving({ tier: 'tier5' }, 'tier4'), leaving({ tier: 'tier4' }, 'tier5')];
  expect(down.deleted).toEqual(
    expect.arrayContaining([
      'digitalocean_database_cluster.cache_g1',
      'digitalocean_kubernetes_cluster.cluster_g1_ams3',
      'digitalocean_kubernetes_cluster.cluster_g1_tor1',
      'digitalocean_loadbalancer.load-balancer_global',
      // With a replica that stood there the network would have to stand too, below a cluster that goes: a cycle for Terraform.
      'digitalocean_database_replica.database_g1_shard-1_replica_1',
      'digitalocean_vpc.network_ams3',
    ]),
  );
  expect(down.forgotten).toEqual(
    expect.arrayContaining([
      'digitalocean_database_cluster.database_g1_shard-1',
      'digitalocean_database_firewall.database_g1_shard-1_firewall',
    ]),
  );
  expect(up.deleted).toEqual(
    expect.arrayContaining(['digitalocean_database_firewall.replicas_g1_1_firewall', 'digitalocean_database_replica.replicas_g1_1']),
  );
  expect(up.forgotten).toEqual(
    expect.arrayContaining(['digitalocean_database_cluster.database_g1', 'digitalocean_database_firewall.database_g1_firewall']),
  );
});

test('contract forgets what held data with all that it needs, and the way back what was made for it', () => {
  const removed = (phase: PromotionPhase) =>
    (transitional({ ...environment, promotion: { to: 'tier2', phase } }, scratch())['removed'] ?? []) as readonly unknown[];
  const gone = (address: string) => ({ from: address, lifecycle: { destroy: false } });
  expect(removed('soak')).toEqual([]);
  expect(removed('contract')).toEqual(
    [
      'digitalocean_droplet.app_g1_1',
      'digitalocean_spaces_key.backup_writer',
      'digitalocean_volume.database_g1',
      'digitalocean_volume_attachment.database_g1_attachment',
    ].map(gone),
  );
  expect(removed('rollback')).toEqual(
    [
      'digitalocean_database_cluster.database_g2',
      'digitalocean_database_connection_pool.database_g2_pool_20',
      'digitalocean_database_db.database_g2_app',
      'digitalocean_database_firewall.database_g2_firewall',
      'digitalocean_database_user.database_g2_user',
      'digitalocean_spaces_bucket.frontend_bucket',
      'digitalocean_spaces_bucket_policy.frontend_policy',
    ].map(gone),
  );
});

test('a stack keeps every provider that its state names, and each waits for every variable', () => {
  const pair = pairOf(environment, { to: 'tier1', platform: 'aws', region: 'eu-central-1' });
  const sides = sidesOf(environment, pair, scratch());
  for (const stage of ['expanded', 'switched', 'contracted', 'returned'] as const) {
    const found = transition(sides, stage).json as CdkTfJson & {
      readonly provider: Record<string, unknown>;
      readonly variable: Record<string, unknown>;
    };
    expect(Object.keys(found.provider).sort()).toEqual(expect.arrayContaining(['aws', 'digitalocean']));
    const blocks = JSON.stringify(found.provider);
    for (const variable of Object.keys(found.variable))
      expect(blocks.split(`var.${variable}`).length - 1).toBeGreaterThanOrEqual(Object.keys(found.provider).length);
  }
});

test('what is made beside what stands never claims an address of it', () => {
  const pair = pairOf(environment, { to: 'tier2' });
  const sides = sidesOf(environment, pair, scratch());
  const names = (found: CdkTfJson) =>
    graphFromSynthesis(found).resources.flatMap(({ values, type }) =>
      typeof values['name'] === 'string' && type !== 'digitalocean_record' ? [`${type} ${values['name']}`] : [],
    );
  const union = names(transition(sides, 'resized').json);
  expect(union.filter((name, index) => union.indexOf(name) !== index && !name.startsWith('digitalocean_database_'))).toEqual([]);
});

describe('the environment file', () => {
  const codes = (promotion: unknown) => {
    const { state: _, ...rest } = environment;
    const checked = checkEnvironment({ ...rest, state: { backend: 'local' }, promotion });
    return 'findings' in checked ? checked.findings.map(({ code }) => code) : [];
  };

  test('says where a promotion stands', () => {
    expect(codes({ to: 'tier2', phase: 'soak' })).toEqual([]);
    expect(codes({ to: 'tier1', phase: 'expand', platform: 'aws', region: 'eu-central-1' })).toEqual([]);
    expect(codes({ to: 'tier2', phase: 'expand', source: { remote: 'origin', branch: 'main', path: 'environments/sample.yaml' } })).toEqual(
      [],
    );
  });

  test('refuses what cannot be', () => {
    expect(codes({ to: 'tier1', phase: 'expand' })).toEqual(['ENVIRONMENT_PROMOTION_NOWHERE']);
    expect(codes({ to: 'tier2', phase: 'expand', platform: 'digitalocean' })).toEqual(['ENVIRONMENT_PROMOTION_PLATFORM']);
    expect(codes({ to: 'tier2', phase: 'expand', platform: 'aws' })).toEqual(['ENVIRONMENT_PROMOTION_REGION']);
    expect(codes({ to: 'tier2', phase: 'expand', region: 'ams3' })).toEqual(['ENVIRONMENT_PROMOTION_REGION']);
    expect(codes({ to: 'tier2', phase: 'moving' })).toEqual(['ENVIRONMENT_WRONG_VALUE']);
    expect(codes({ to: 'tier2', phase: 'soak', source: { remote: 'origin', branch: 'main', path: '../x.yaml' } })).toEqual([
      'ENVIRONMENT_WRONG_VALUE',
    ]);
  });
});
