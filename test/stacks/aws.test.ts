import { serverFile } from '../../constructs/server/text';
import { problems, natFor, zoneCount } from '../../stacks/platforms/aws/builds';
import { synthesize } from '../../stacks/synthesize';
import { ladder } from '../../tiers';
import type { Tier } from '../../tiers/tier';
import { sampleEnvironment } from '../support/environments';
import { releaseOf, resources, synthesized } from '../support/project';
import { scratch } from '../support/scratch';

const onAws = { platform: 'aws', region: 'us-east-1' } as const;
const [tier1, tier2, tier3] = ladder as unknown as readonly [Tier, Tier, Tier];

/** An environment whose data matters. */
function kept(tier: 'tier1' | 'tier2' | 'tier3') {
  const { disposable: _mine, ...environment } = sampleEnvironment({
    ...onAws,
    tier,
    app: { ...sampleEnvironment().app, secrets: ['SESSION_KEY'] },
  });
  return synthesize(environment, { project: scratch() });
}

describe('what holds data on AWS', () => {
  const database = resources(kept('tier3'));

  test('is protected by Terraform and by AWS, and leaves a last copy', () => {
    expect(database['aws_db_instance.database_g1']).toMatchObject({
      deletion_protection: true,
      skip_final_snapshot: false,
      final_snapshot_identifier: 'coach-sample-database-g1-final',
      delete_automated_backups: false,
      lifecycle: { prevent_destroy: true },
    });
    expect(database['aws_kms_key.database_g1_key']).toMatchObject({
      deletion_window_in_days: 30,
      enable_key_rotation: true,
      lifecycle: { prevent_destroy: true },
    });
    for (const bucket of ['backup', 'storage', 'frontend_bucket'])
      expect(database[`aws_s3_bucket.${bucket}`]).toMatchObject({ force_destroy: false, lifecycle: { prevent_destroy: true } });
    expect(database['aws_lb.load-balancer']).toMatchObject({ enable_deletion_protection: true });
  });

  test('on a server of ours: the volume outlives the server, which AWS does not end by mistake', () => {
    const found = resources(kept('tier1'));
    expect(found['aws_ebs_volume.database_g1']).toMatchObject({
      encrypted: true,
      final_snapshot: true,
      type: 'gp3',
      size: 10,
      availability_zone: '${aws_subnet.network_public_1.availability_zone}',
      lifecycle: { prevent_destroy: true },
    });
    expect(found['aws_instance.app_g1_1']).toMatchObject({
      disable_api_termination: true,
      subnet_id: '${aws_subnet.network_public_1.id}',
      lifecycle: { prevent_destroy: true, ignore_changes: ['ami', 'user_data', 'launch_template'] },
    });
  });

  test('can be copied while it runs, and is spoken to by TLS only', () => {
    expect(database['aws_db_parameter_group.database_g1_parameters']).toMatchObject({
      family: 'postgres17',
      parameter: expect.arrayContaining([
        { name: 'rds.logical_replication', value: '1', apply_method: 'pending-reboot' },
        { name: 'rds.force_ssl', value: '1', apply_method: 'pending-reboot' },
      ]),
    });
    expect(database['aws_elasticache_replication_group.cache_g1']).toMatchObject({
      engine: 'valkey',
      transit_encryption_enabled: true,
      transit_encryption_mode: 'required',
      at_rest_encryption_enabled: 'true',
    });
  });
});

describe('no secret is in a file', () => {
  test.each(['tier1', 'tier2', 'tier3'] as const)(
    '%s: passwords are variables without a value, and every provider waits for them',
    (tier) => {
      const json = kept(tier).recorded.json as {
        variable: Record<string, Record<string, unknown>>;
        provider: { aws: Record<string, unknown>[] };
      };
      const secrets = {
        tier1: ['secret_session_key'],
        tier2: ['database_password', 'secret_session_key'],
        tier3: ['cache_password', 'database_password', 'secret_session_key'],
      }[tier];
      expect(Object.keys(json.variable).sort()).toEqual(secrets);
      for (const name of secrets) {
        expect(json.variable[name]).toMatchObject({ type: 'string', sensitive: true, nullable: false });
        expect(json.variable[name]).not.toHaveProperty('default');
        for (const provider of json.provider.aws) expect(provider['sts_region']).toContain(`var.${name}`);
      }
    },
  );

  test("the app's password follows from the owner's, and the first server makes its user", () => {
    const release = releaseOf(kept('tier2'), 'app');
    expect(release.includes('"makesUser":true')).toBe(true);
    expect(release.includes('jsonencode(sha256(join(" ", ["app", var.database_password])))')).toBe(true);
    expect(serverFile('user.sql')).toContain('create role %I login');
  });

  test('servers read their releases by their role: no key stands in user data or release', () => {
    const synthesis = kept('tier3');
    const { user_data: userData } = resources(synthesis)['aws_instance.inference_g1_1'] as { user_data: string };
    expect(userData.includes('access=role')).toBe(true);
    expect(userData.includes('/etc/terrace/keys/1')).toBe(false);
    expect(releaseOf(synthesis, 'inference').includes('"channelKeys":null')).toBe(true);
    expect(resources(synthesis)['aws_iam_role_policy.inference_g1_role_channel']).toMatchObject({
      policy: expect.stringMatching(/"s3:GetObject".*\/releases\/inference\.json"/),
    });
  });
});

describe("the app's secrets in Secrets Manager", () => {
  const environment = sampleEnvironment({
    ...onAws,
    tier: 'tier1',
    app: { ...sampleEnvironment().app, secrets: ['SESSION_KEY'], secretsFrom: 'manager' },
  });
  const { disposable: _mine, ...owned } = environment;
  const synthesis = synthesize(owned, { project: scratch() });
  const found = resources(synthesis);

  test('have a place under a key of their own, and no value that Terraform could know', () => {
    expect(synthesis.recorded.json).not.toHaveProperty('variable');
    expect(found['aws_secretsmanager_secret.configuration_secrets_session_key']).toMatchObject({
      name: 'coach-sample-app-session-key',
      kms_key_id: '${aws_kms_key.configuration_secrets_key.arn}',
      recovery_window_in_days: 30,
      lifecycle: { prevent_destroy: true },
    });
    expect(Object.keys(found).filter((address) => address.startsWith('aws_secretsmanager_secret_version'))).toEqual([]);
    const disposable = resources(synthesize(environment, { project: scratch() }));
    expect(disposable['aws_secretsmanager_secret.configuration_secrets_session_key']).toMatchObject({ recovery_window_in_days: 0 });
  });

  test("are read by the app's servers, these and no other", () => {
    const arn = 'jsonencode(aws_secretsmanager_secret.configuration_secrets_session_key.arn)';
    const policy = String(found['aws_iam_role_policy.app_g1_role_secrets']?.['policy']);
    expect(policy).toMatch(
      /"Action":\["secretsmanager:GetSecretValue"\],"Resource":\[[^\]]*configuration_secrets_session_key\.arn[^\]]*\]\}/,
    );
    expect(policy).toMatch(/"Action":\["kms:Decrypt"\],"Resource":\[[^\]]*configuration_secrets_key\.arn[^\]]*\]\}/);
    const release = releaseOf(synthesis, 'app');
    expect(release).toContain('"ids":{"SESSION_KEY":');
    expect(release).toContain(arn);
    expect(release).toContain('"endpoint":"https://secretsmanager.us-east-1.amazonaws.com"');
  });
});

/** EC2 takes 16 KB of user data (EC2 user guide, Run commands on your Linux instance at launch). */
test.each(['tier1', 'tier2', 'tier3'] as const)(
  '%s: user data fits into what EC2 takes, with room for the names of an environment',
  (tier) => {
    const texts = Object.entries(resources(kept(tier))).flatMap(([address, values]) =>
      address.startsWith('aws_instance.') ? [String(values['user_data'])] : [],
    );
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) expect(Buffer.byteLength(text)).toBeLessThan(15 * 1024);
  },
);

test('only HTTP is open to the internet, and SSH to nobody', () => {
  const found = resources(kept('tier3'));
  const open = Object.entries(found).flatMap(([address, values]) =>
    address.startsWith('aws_vpc_security_group_ingress_rule.') && values['cidr_ipv4'] === '0.0.0.0/0'
      ? [[address, values['from_port']]]
      : [],
  );
  expect(Object.fromEntries(open)).toEqual({
    'aws_vpc_security_group_ingress_rule.load-balancer_firewall_http': 80,
    'aws_vpc_security_group_ingress_rule.load-balancer_firewall_https': 443,
  });
  expect(Object.values(found).filter((values) => values['from_port'] === 22)).toEqual([]);
});

describe('another region', () => {
  test('has its certificate for CloudFront and its alarm on the health check in us-east-1', () => {
    const synthesis = synthesized({ platform: 'aws', region: 'eu-central-1', tier: 'tier2', alerts: { emails: ['ops@example.com'] } });
    const found = resources(synthesis);
    const abroad = Object.entries(found).flatMap(([address, values]) => (values['provider'] === 'aws.global' ? [address] : []));
    expect(abroad.sort()).toEqual([
      'aws_acm_certificate.frontend_certificate',
      'aws_acm_certificate_validation.frontend_certificate_valid',
      'aws_cloudwatch_metric_alarm.monitoring_down',
      'aws_sns_topic.monitoring_global_topic',
      'aws_sns_topic_subscription.monitoring_global_topic_ops_at_example_com',
    ]);
    expect(found['aws_vpc.network']).toMatchObject({ cidr_block: '10.19.0.0/16' });
    expect(found['aws_subnet.network_data_2']).toMatchObject({ availability_zone_id: 'euc1-az2', cidr_block: '10.19.144.0/20' });
  });

  test('that the catalog does not know is refused before anything is built, with the nearest name', () => {
    expect(problems(sampleEnvironment({ platform: 'aws', region: 'us-eest-1' }), tier1)).toEqual([
      { code: 'CATALOG_NAME_UNKNOWN', message: '"us-eest-1" is not a known AWS region. Did you mean "us-east-1"?', where: 'region' },
    ]);
  });

  test('everything that cannot be had there is said at once', () => {
    const components = tier3.components.map((each) => {
      if (each.id === 'app') return { ...each, vcpus: 900 };
      if (each.id === 'database') return { ...each, version: '9' };
      return each.id === 'cache' ? { ...each, memoryGib: 4000 } : each;
    }) as Tier['components'];
    expect(problems(sampleEnvironment(onAws), { ...tier3, components }).map(({ where, message }) => `${where}: ${message}`)).toEqual([
      'app: No EC2 instance type seen in us-east-1 has at least 900 vCPU, 8 GiB of memory. The largest is r7i.16xlarge. Ask for less, split the load, or name another family.',
      'database: "9" is not a known postgresql version on AWS. Allowed: 14, 15, 16, 17.',
      'cache: No ElastiCache node type seen in us-east-1 has at least 4000 GiB of memory. The largest is cache.r7g.4xlarge. Ask for less, split the load, or name another family.',
    ]);
  });
});

test('NAT follows from what a tier promises, zones from what it runs', () => {
  expect([tier1, tier2, tier3].map((tier) => [natFor(tier), zoneCount(tier)])).toEqual([
    ['none', 2],
    ['none', 2],
    ['one', 2],
  ]);
  expect(natFor({ ...tier3, objectives: { ...tier3.objectives, availabilityPercent: '99.95' } })).toBe('per-zone');
});
