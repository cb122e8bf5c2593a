import type { CdkTfJson } from '../../../analysis/graph';
import { gate } from '../../../promotion/gate';
import { pairOf, sidesOf, type Stage, transition } from '../../../stacks/transition';
import type { TierId } from '../../../tiers/tier';
import { keptEnvironment } from '../../support/sandbox';
import { scratch } from '../../support/scratch';

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

const network = '10.16.0.0/16';

/** Both sides on AWS, and what a stage has. */
function onAws(from: TierId, to: TierId, reversible = false) {
  const environment = keptEnvironment({
    tier: from,
    platform: 'aws',
    region: 'us-east-1',
    regions: ['us-west-2'],
    gpu: { spot: false, otherwise: 'cpu' },
  });
  const sides = sidesOf(environment, pairOf(environment, { to, reversible }), scratch());
  const resources = (stage: Stage): Resources => transition(sides, stage).json['resource'] as Resources;
  return { sides, resources };
}

/** Rules for the network and port 5432 that moving data needs, by their names: others let the home network read copies of shards. */
function rules(resources: Resources): readonly string[] {
  return ['ingress', 'egress'].flatMap((way) =>
    Object.entries(resources[`aws_vpc_security_group_${way}_rule`] ?? {})
      .filter(([name, rule]) => rule['from_port'] === 5432 && rule['cidr_ipv4'] === network && /_mover_|_subscription$/.test(name))
      .map(([name]) => `${way} ${name}`),
  );
}

const release = (resources: Resources): string => JSON.stringify(resources['aws_s3_object']?.['configuration_app']);

test('while tier 1 becomes tier 2 on AWS, a role that moves the database is made, and both databases reach each other', () => {
  const { sides, resources } = onAws('tier1', 'tier2');
  for (const stage of ['expanded', 'switched'] as const) {
    expect(release(resources(stage))).toContain('\\"mover\\":{\\"user\\":\\"terrace_mover\\",\\"password\\":\\"${');
    expect(rules(resources(stage))).toEqual([
      'ingress app_firewall_mover_10_16_0_0_16',
      'ingress database_g2_firewall_mover_10_16_0_0_16',
      'egress database_g2_firewall_subscription',
    ]);
  }
  for (const stage of ['contracted', 'returned'] as const) {
    expect(resources(stage)).not.toHaveProperty(['terraform_data', 'database_mover']);
    expect(rules(resources(stage))).toEqual([]);
  }
  // The port is published from the first day: to publish it later would start the database anew.
  const containers = (resourcesThen: Resources): string => /\\"compose\\":\{.*?\},\\"checks\\"/.exec(release(resourcesThen))?.[0] ?? '';
  expect(containers(sides.old['resource'] as Resources)).toContain(':5432:5432');
  expect(containers(resources('expanded'))).toBe(containers(sides.old['resource'] as Resources));
});

test.each([
  ['tier2', 'tier3', ['database_g1_firewall', 'database_g2_firewall']],
  ['tier4', 'tier5', ['database_g1_firewall', ...[1, 2, 3, 4].map((shard) => `database_g2_shard_${shard}_firewall`)]],
] as const)('on AWS from %s to %s, moved, databases let each other in and out for as long as both stand', (from, to, firewalls) => {
  const { sides, resources } = onAws(from, to, true);
  const expected = [
    ...firewalls.map((each) => `ingress ${each}_mover_10_16_0_0_16`),
    ...firewalls.map((each) => `egress ${each}_subscription`),
  ];
  for (const stage of ['expanded', 'switched'] as const) expect([...rules(resources(stage))].sort()).toEqual([...expected].sort());
  for (const [phase, stage, stays] of [
    ['contract', 'contracted', sides.new],
    ['rollback', 'returned', sides.old],
  ] as const) {
    const { json, leaving } = transition(sides, stage);
    expect(rules(json['resource'] as Resources)).toEqual(rules(stays['resource'] as Resources));
    const base: CdkTfJson = transition(sides, phase === 'contract' ? 'switched' : 'expanded').json;
    expect(gate({ base, head: json }, phase, leaving).refused).toEqual([]);
    // What stays loses its own rules; those of the other side go, or stay, with its firewall.
    const own = firewalls.filter((each) => (phase === 'contract' ? each.includes('_g2_') : each.includes('_g1_')));
    for (const each of own)
      expect(leaving.deleted).toEqual(
        expect.arrayContaining([
          `aws_vpc_security_group_egress_rule.${each}_subscription`,
          `aws_vpc_security_group_ingress_rule.${each}_mover_10_16_0_0_16`,
        ]),
      );
  }
});

test('secrets that Terraform fills go at once while the way back is open, so that another attempt finds their names free', () => {
  const { resources } = onAws('tier4', 'tier5');
  const days = (stage: Stage): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      Object.entries(resources(stage)['aws_secretsmanager_secret'] ?? {}).map(([name, secret]) => [
        name,
        secret['recovery_window_in_days'],
      ]),
    );
  const shards = [1, 2, 3, 4].map((shard) => `database_g2_shard_${shard}_secret`);
  const all = (window: number, ...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, window]));
  // That of the cache waits until the cache is resized; that of the bucket is what pods read where servers had a release.
  expect(days('expanded')).toEqual(all(0, 'storage_secret', ...shards));
  for (const stage of ['resized', 'switched'] as const) expect(days(stage)).toEqual(all(0, 'cache_g1_secret', 'storage_secret', ...shards));
  expect(days('contracted')).toEqual(all(30, 'cache_g1_secret', 'storage_secret', ...shards));
});

test('the secret of a cache that contract deletes loses its thirty days one phase before, and gets them back on the way back', () => {
  const { sides, resources } = onAws('tier5', 'tier4');
  const days = (stage: Stage): unknown => resources(stage)['aws_secretsmanager_secret']?.['cache_g1_secret']?.['recovery_window_in_days'];
  expect((['expanded', 'resized', 'switched', 'contracted'] as const).map(days)).toEqual([30, 30, 0, undefined]);
  const [before, after] = [transition(sides, 'resized'), transition(sides, 'switched')];
  expect(after.leaving).toEqual({ forgotten: [], deleted: [], dataless: ['aws_secretsmanager_secret.cache_g1_secret'] });
  expect(gate({ base: before.json, head: after.json }, 'cutover', after.leaving).refused).toEqual([]);
  expect(gate({ base: after.json, head: before.json }, 'migrate', before.leaving).refused).toEqual([]);
  const last = transition(sides, 'contracted');
  expect(last.leaving.deleted).toContain('aws_secretsmanager_secret.cache_g1_secret');
  expect(gate({ base: after.json, head: last.json }, 'contract', last.leaving).refused).toEqual([]);
});

test('what the provider resizes in place is opened to nobody', () => {
  expect(rules(onAws('tier2', 'tier3').resources('expanded'))).toEqual([]);
});
