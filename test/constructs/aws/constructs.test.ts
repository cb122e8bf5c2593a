import fc from 'fast-check';
import { Alerts } from '../../../constructs/aws/alerts';
import { Bucket } from '../../../constructs/aws/bucket';
import { Certificate } from '../../../constructs/aws/certificate';
import { DataVolume } from '../../../constructs/aws/data-volume';
import { subnetRange, type SubnetKind } from '../../../constructs/aws/network-ranges';
import { SecurityGroup } from '../../../constructs/aws/security-group';
import { Zone } from '../../../constructs/aws/zone';
import { made, network, resolved, type Resources } from './support';

const seed = { seed: 20261121, numRuns: 100 };
const kept = { prevent_destroy: true };

function count(resources: Resources, type: string): number {
  return Object.keys(resources).filter((address) => address.startsWith(`${type}.`)).length;
}

describe('the network', () => {
  test('cuts its range so that no two subnets share an address, whatever the zones', () => {
    const kinds: readonly SubnetKind[] = ['public', 'private', 'data'];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 255 }), (second) => {
        const starts = kinds.flatMap((kind) => [0, 1, 2, 3].map((zone) => subnetRange(`10.${second}.0.0/16`, kind, zone)));
        expect(new Set(starts).size).toBe(12);
        for (const range of starts) {
          const [, , third] = /^10\.(\d+)\.(\d+)\.0\/20$/.exec(range) ?? [];
          expect(Number(third) % 16).toBe(0);
          expect(Number(third)).toBeLessThan(256);
        }
      }),
      seed,
    );
  });

  test('without NAT has a way out for public subnets alone, and S3 for all at no cost', () => {
    const found = network({ nat: 'none' });
    expect([count(found, 'aws_nat_gateway'), count(found, 'aws_route'), count(found, 'aws_subnet')]).toEqual([0, 1, 6]);
    expect(found['aws_vpc_endpoint.network_s3']).toMatchObject({
      service_name: 'com.amazonaws.us-east-1.s3',
      vpc_endpoint_type: 'Gateway',
    });
    expect(found['aws_default_security_group.network_closed']).toEqual({ vpc_id: '${aws_vpc.network.id}', tags: { Name: 'coach-closed' } });
  });

  test('with one gateway leads every zone through it; with one a zone, each through its own', () => {
    const gateways = (found: Resources) => [1, 2].map((zone) => found[`aws_route.network_private_internet_${zone}`]?.['nat_gateway_id']);
    expect(gateways(network({ nat: 'one' }))).toEqual(['${aws_nat_gateway.network_nat_1.id}', '${aws_nat_gateway.network_nat_1.id}']);
    expect(gateways(network({ nat: 'per-zone' }))).toEqual(['${aws_nat_gateway.network_nat_1.id}', '${aws_nat_gateway.network_nat_2.id}']);
  });

  test('a zone that joins changes no address and no range that is there', () => {
    const [two, three] = [network({ nat: 'per-zone' }), network({ nat: 'per-zone', zoneIds: ['use1-az1', 'use1-az2', 'use1-az4'] })];
    const changed = Object.entries(two)
      .filter(([address, values]) => JSON.stringify(three[address]) !== JSON.stringify(values))
      .map(([address]) => address);
    // The gateway to S3 learns of the new route table, in place.
    expect(changed).toEqual(['aws_vpc_endpoint.network_s3']);
  });
});

describe('a bucket', () => {
  test('is encrypted, closed to the public, and refuses plain HTTP', () => {
    const found = made((stack, site) => new Bucket(stack, 'config', { site, purpose: 'config', holdsData: false }));
    expect(found['aws_s3_bucket.config']).toEqual({ bucket: 'coach-config', force_destroy: true });
    expect(found['aws_s3_bucket_public_access_block.config_closed']).toEqual({
      bucket: '${aws_s3_bucket.config.id}',
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(String(found['aws_s3_bucket_policy.config_policy']?.['policy'])).toContain('"Bool":{"aws:SecureTransport":"false"}');
    expect(count(found, 'aws_s3_bucket_versioning')).toBe(0);
  });

  test('that holds data is versioned for as long as asked, and neither emptied nor destroyed', () => {
    const found = made(
      (stack, site) => new Bucket(stack, 'storage', { site, purpose: 'storage', holdsData: true, versioned: true, expireVersionsDays: 30 }),
    );
    expect(found['aws_s3_bucket.storage']).toEqual({ bucket: 'coach-storage', force_destroy: false, lifecycle: kept });
    expect(found['aws_s3_bucket_lifecycle_configuration.storage_lifecycle']).toMatchObject({
      rule: [{ noncurrent_version_expiration: [{ noncurrent_days: 30 }] }],
    });
  });

  test('is opened by a key that opens no other', () => {
    const found = made((stack, site) => new Bucket(stack, 'storage', { site, purpose: 'storage', holdsData: true }).grant('app', 'read'));
    const policy = String(found['aws_iam_user_policy.storage_app_policy']?.['policy']);
    expect(policy).toContain('"Action":["s3:GetObject"]');
    expect(policy.match(/aws_s3_bucket\.storage\.arn/g)).toHaveLength(2);
    expect(policy).not.toContain('"*"');
  });
});

test('a security group opens a port to whom it names, each by a rule of its own', () => {
  const found = made((stack, site) => {
    const group = new SecurityGroup(stack, 'app_firewall', { site, name: 'coach-app', description: 'Servers of app.', reachesOut: true });
    group.open('https', 443, { from: 'internet' });
    group.open('ssh', 22, { from: 'ranges', cidrs: ['203.0.113.7/32', '2001:db8::/64'] });
    group.open('peers', 80, { from: 'group', groupId: group.groupId });
  });
  expect(Object.keys(found).sort()).toEqual([
    'aws_security_group.app_firewall',
    'aws_vpc_security_group_egress_rule.app_firewall_out',
    'aws_vpc_security_group_ingress_rule.app_firewall_https',
    'aws_vpc_security_group_ingress_rule.app_firewall_peers',
    'aws_vpc_security_group_ingress_rule.app_firewall_ssh_2001_db8_64',
    'aws_vpc_security_group_ingress_rule.app_firewall_ssh_203_0_113_7_32',
  ]);
  expect(found['aws_vpc_security_group_ingress_rule.app_firewall_ssh_2001_db8_64']).toMatchObject({
    cidr_ipv6: '2001:db8::/64',
    from_port: 22,
    to_port: 22,
  });
  expect(found['aws_vpc_security_group_ingress_rule.app_firewall_peers']).toMatchObject({
    referenced_security_group_id: '${aws_security_group.app_firewall.id}',
  });
});

test('a data volume is found by its id, whatever order disks come in', () => {
  let device = '';
  const found = made((stack, site) => {
    const volume = new DataVolume(stack, 'database_g1', { site, name: 'coach-database-g1', zone: 'us-east-1a', sizeGib: 10 });
    volume.attachTo('i-1');
    device = resolved(stack, volume.device);
  });
  expect(device).toBe('/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${replace(aws_ebs_volume.database_g1.id, "-", "")}');
  expect(found['aws_ebs_volume.database_g1']).toEqual({
    availability_zone: 'us-east-1a',
    size: 10,
    type: 'gp3',
    encrypted: true,
    final_snapshot: true,
    tags: { Name: 'coach-database-g1' },
    lifecycle: kept,
  });
  expect(found['aws_volume_attachment.database_g1_attachment']).toEqual({
    volume_id: '${aws_ebs_volume.database_g1.id}',
    instance_id: 'i-1',
    device_name: '/dev/sdf',
    stop_instance_before_detaching: true,
  });
});

test('a certificate is proven by a record of its zone, and used when it is valid', () => {
  let arn = '';
  const found = made((stack, site) => {
    const zone = new Zone(stack, 'dns', { site, domain: 'coach.example', ttlSeconds: 300 });
    arn = resolved(stack, new Certificate(stack, 'certificate', { zone, domain: 'coach.example' }).arn);
  });
  expect(arn).toBe('${aws_acm_certificate_validation.certificate_valid.certificate_arn}');
  expect(found['aws_acm_certificate.certificate']).toMatchObject({
    domain_name: 'coach.example',
    validation_method: 'DNS',
    lifecycle: { create_before_destroy: true },
  });
  expect(found['aws_route53_record.certificate_proof']).toMatchObject({
    zone_id: '${aws_route53_zone.dns.zone_id}',
    allow_overwrite: true,
  });
});

describe('alerts', () => {
  const watch = {
    id: 'app_1_cpu',
    what: 'CPU',
    namespace: 'AWS/EC2',
    metric: 'CPUUtilization',
    dimensions: { InstanceId: 'i-1' },
    statistic: 'Average',
    bound: { above: 80 },
  } as const;
  const alerts = (emails: readonly string[]) =>
    made(
      (stack, site) => new Alerts(stack, 'monitoring', { site, watches: [watch], domain: 'coach.example', healthPath: '/healthz', emails }),
    );

  test('without anyone to tell only the address is checked', () =>
    expect(Object.keys(alerts([]))).toEqual(['aws_route53_health_check.monitoring_uptime']));

  test('a bound that is passed, and an address that is silent, tell everyone', () => {
    const found = alerts(['ops@example.com', 'ops+night@example.com']);
    expect(
      Object.keys(found)
        .filter((address) => address.startsWith('aws_sns_topic_subscription.'))
        .sort(),
    ).toEqual([
      'aws_sns_topic_subscription.monitoring_topic_ops_43_night_at_example_com',
      'aws_sns_topic_subscription.monitoring_topic_ops_at_example_com',
    ]);
    expect(found['aws_cloudwatch_metric_alarm.monitoring_app_1_cpu']).toMatchObject({
      comparison_operator: 'GreaterThanThreshold',
      threshold: 80,
      alarm_actions: ['${aws_sns_topic.monitoring_topic.arn}'],
      treat_missing_data: 'notBreaching',
    });
    expect(found['aws_cloudwatch_metric_alarm.monitoring_down']).toMatchObject({
      comparison_operator: 'LessThanThreshold',
      threshold: 1,
      treat_missing_data: 'breaching',
    });
  });
});
