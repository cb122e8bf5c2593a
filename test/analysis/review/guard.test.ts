import type { CdkTfJson, JsonObject } from '../../../analysis/graph';
import { guardStack, lockVariable, pairStacks, verdictOf } from '../../../analysis/review';
import { approvalVariable } from '../../../stacks/locks';
import { statefulTypes, helperTypes } from '../../../analysis/review/guard';
import { probedTypes } from '../../../catalog/aws/replacement.generated';
import { replacementPaths } from '../../../catalog/digitalocean/replacement';

const found = (input: Parameters<typeof guardStack>[0]) =>
  guardStack(input).findings.map(({ id, severity, address }) => [id, severity, address]);

function plan(row: JsonObject, more: JsonObject = {}): JsonObject {
  const change = row['change'] as JsonObject;
  const { type, name, address } = {
    type: 'aws_db_instance',
    name: 'main',
    address: 'aws_db_instance.main',
    ...row,
  } as unknown as Record<string, string>;
  const resources =
    change['after'] === null || change['after'] === undefined ? [] : [{ address, mode: 'managed', type, name, values: change['after'] }];
  return {
    format_version: '1.2',
    planned_values: { root_module: { resources } },
    resource_changes: [
      {
        address,
        mode: 'managed',
        type,
        name,
        provider_name: 'registry.terraform.io/hashicorp/aws',
        ...row,
      },
    ],
    ...more,
  } as unknown as JsonObject;
}

const kept = {
  deletion_protection: true,
  backup_retention_period: 14,
  storage_encrypted: true,
};

describe('from a plan alone', () => {
  test.each<[string, JsonObject, readonly (readonly string[])[]]>([
    ['deleted', { change: { actions: ['delete'], before: kept, after: null } }, [['guard/deleted', 'high']]],
    [
      'replaced',
      {
        change: {
          actions: ['delete', 'create'],
          before: kept,
          after: kept,
          replace_paths: [['storage_encrypted']],
        },
      },
      [['guard/replaced', 'high']],
    ],
    [
      'created before it is destroyed',
      { change: { actions: ['create', 'delete'], before: kept, after: kept } },
      [['guard/replaced', 'high']],
    ],
    ['forgotten', { change: { actions: ['forget'], before: kept, after: null } }, [['guard/forgotten', 'medium']]],
    ['an action that nobody knows', { change: { actions: ['transmogrify'], before: kept, after: kept } }, [['guard/replaced', 'high']]],
    [
      'protection off',
      {
        change: {
          actions: ['update'],
          before: kept,
          after: { ...kept, deletion_protection: false },
        },
      },
      [['guard/unprotected', 'high']],
    ],
    [
      'backups fewer',
      {
        change: {
          actions: ['update'],
          before: kept,
          after: { ...kept, backup_retention_period: 3 },
        },
      },
      [['guard/unprotected', 'high']],
    ],
    [
      'moved only',
      {
        previous_address: 'aws_db_instance.old',
        change: { actions: ['no-op'], before: kept, after: kept },
      },
      [],
    ],
    [
      'updated in peace',
      {
        change: {
          actions: ['update'],
          before: kept,
          after: { ...kept, instance_class: 'x' },
        },
      },
      [],
    ],
  ])('%s', (_, row, expected) => {
    expect(guardStack({ stack: 's', plan: plan(row) }).findings.map(({ id, severity }) => [id, severity])).toEqual(expected);
  });

  test('what an interrupted replacement left over', () => {
    expect(
      found({
        stack: 's',
        plan: plan({
          deposed: '1a2b3c4d',
          change: { actions: ['delete'], before: kept, after: null },
        }),
      }),
    ).toEqual([['guard/leftover', 'high', 'aws_db_instance.main (left over: 1a2b3c4d)']]);
  });

  test('a plan with -target does not show everything', () => {
    expect(
      found({
        stack: 's',
        plan: plan({ change: { actions: ['no-op'], before: kept, after: kept } }, { complete: false }),
      }),
    ).toEqual([['guard/plan-incomplete', 'medium', 'stack s']]);
  });
});

describe('a policy with expressions in it', () => {
  const arn = '${trimsuffix(trimprefix(jsonencode(aws_cloudfront_distribution.files.arn), "\\""), "\\"")}';
  const refusal = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' };
  const json = (...statements: readonly JsonObject[]): CdkTfJson => ({
    resource: {
      aws_s3_bucket: { files: { bucket: 'files', lifecycle: { prevent_destroy: true } } },
      // As CDKTF writes it: what an expression quotes is not quoted again.
      aws_s3_bucket_policy: {
        files: { bucket: '${aws_s3_bucket.files.id}', policy: JSON.stringify({ Statement: statements }).replaceAll('ARN', arn) },
      },
    },
  });
  const opened = (statement: JsonObject) => found({ stack: 's', base: json(refusal), head: json(refusal, statement) });

  test('is read: who is let in by a condition is not everybody, although everybody is refused something', () => {
    const Condition = { StringEquals: { 'AWS:SourceArn': 'ARN' } };
    const service = {
      Effect: 'Allow',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Action: 's3:GetObject',
      Resource: '*',
      Condition,
    };
    expect(opened(service)).toEqual([]);
    const everybody = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'ARN/*' };
    expect(opened(everybody)).toEqual([['guard/public', 'high', 'aws_s3_bucket_policy.files']]);
  });
});

describe('a plan and two syntheses together', () => {
  const json = (attributes: JsonObject): CdkTfJson => ({
    resource: { aws_db_instance: { main: attributes } },
  });
  const base = json({ ...kept, lifecycle: { prevent_destroy: true } });

  test('the plan decides what is replaced', () => {
    const head = json({
      ...kept,
      db_name: 'x',
      lifecycle: { prevent_destroy: true },
    });
    expect(found({ stack: 's', base, head })).toEqual([['guard/replaced', 'high', 'aws_db_instance.main']]);
    expect(
      found({
        stack: 's',
        base,
        head,
        plan: plan({
          change: { actions: ['no-op'], before: kept, after: kept },
        }),
      }),
    ).toEqual([]);
  });

  test('the syntheses tell what no plan shows', () => {
    const head = json(kept);
    expect(
      found({
        stack: 's',
        base,
        head,
        plan: plan({
          change: { actions: ['no-op'], before: kept, after: kept },
        }),
      }),
    ).toEqual([['guard/unprotected', 'high', 'aws_db_instance.main']]);
  });

  test('a plan of another configuration is said to be one', () => {
    const head: CdkTfJson = {
      resource: { aws_db_instance: { main: kept, other: kept } },
    };
    expect(
      found({
        stack: 's',
        base: head,
        head,
        plan: plan({
          change: { actions: ['no-op'], before: kept, after: kept },
        }),
      }),
    ).toContainEqual(['guard/plan-other', 'medium', 'stack s']);
  });
});

describe('modules cannot be seen in two syntheses', () => {
  const called = (call: JsonObject | undefined): CdkTfJson => ({
    resource: {},
    ...(call === undefined ? {} : { module: { db: call } }),
  });
  test.each([
    ['the same call', { source: './db' }, []],
    ['another argument', { source: './db', size: 2 }, [['guard/not-seen', 'medium', 'module.db']]],
    ['no call any more', undefined, [['guard/not-seen', 'high', 'module.db']]],
  ])('%s', (_, head, expected) => {
    expect(
      found({
        stack: 's',
        base: called({ source: './db' }),
        head: called(head),
      }),
    ).toEqual(expected);
  });
});

describe('pairs of stacks', () => {
  const at = (key: string, locked = false): CdkTfJson => ({
    terraform: { backend: { s3: { key } } },
    resource: {},
    ...(locked ? { variable: { [lockVariable]: {} } } : {}),
  });
  const names = (pairs: ReturnType<typeof pairStacks>) =>
    pairs.map(({ stack, base, head }) => [stack, base !== undefined, head !== undefined]);

  test('the lock is the one that stacks write', () => expect(lockVariable).toBe(approvalVariable));

  test('by name; locked ones are left out', () => {
    expect(names(pairStacks({ tier1: at('a'), tier2: at('a', true) }, { tier1: at('a'), tier2: at('a', true) }))).toEqual([
      ['tier1', true, true],
    ]);
  });

  test('by the place of the state when the tier changes', () => {
    const pairs = pairStacks({ tier1: at('a'), tier2: at('a', true) }, { tier1: at('a', true), tier2: at('a') });
    expect(names(pairs)).toEqual([['tier2', true, true]]);
  });

  test('what is on one side only is new, or gone', () => {
    expect(names(pairStacks({ data: at('d'), old: at('o') }, { data: at('d'), new: at('n') }))).toEqual([
      ['data', true, true],
      ['old', true, false],
      ['new', false, true],
    ]);
  });

  test('a stack that is gone leaves its resources running', () => {
    expect(
      found({
        stack: 'old',
        base: { resource: { aws_s3_bucket: { a: { bucket: 'a' } } } },
      }),
    ).toEqual([['guard/stack-gone', 'medium', 'stack old']]);
  });
});

test('what a change does is known of all AWS and DigitalOcean types of the guard but for these, which it says', () => {
  const known = (type: string): boolean =>
    type.startsWith('aws_') ? type in probedTypes : !type.startsWith('digitalocean_') || replacementPaths(type) !== undefined;
  expect([...statefulTypes, ...helperTypes].filter((type) => !known(type))).toEqual([
    'aws_db_cluster_snapshot',
    'aws_db_snapshot',
    'aws_ebs_snapshot',
    'aws_backup_selection',
    'aws_backup_vault_policy',
    'aws_db_instance_automated_backups_replication',
    'aws_dlm_lifecycle_policy',
    'aws_ecr_lifecycle_policy',
    'aws_ecr_repository_policy',
    'aws_efs_backup_policy',
    'aws_efs_file_system_policy',
    'aws_efs_replication_configuration',
    'aws_kms_key_policy',
    'aws_network_acl',
    'aws_s3_account_public_access_block',
    'aws_secretsmanager_secret_policy',
    'aws_sns_topic_policy',
    'aws_wafv2_web_acl_association',
  ]);
});

test('what protected a bucket goes with it: one of another provider that is called the same never had it', () => {
  const bucket = { bucket: 'shop-configuration', id: 'shop-configuration' };
  const elsewhere = { name: 'shop-configuration', id: 'shop-configuration' };
  const row = (type: string, actions: readonly string[], before: JsonObject, after: JsonObject | null): JsonObject => ({
    address: `${type}.configuration`,
    mode: 'managed',
    type,
    name: 'configuration',
    provider_name: 'registry.terraform.io/example',
    change: { actions, before, after },
  });
  const document: JsonObject = {
    format_version: '1.2',
    planned_values: {
      root_module: {
        resources: [
          {
            address: 'digitalocean_spaces_bucket.configuration',
            mode: 'managed',
            type: 'digitalocean_spaces_bucket',
            name: 'configuration',
            values: elsewhere,
          },
        ],
      },
    },
    resource_changes: [
      row('aws_s3_bucket', ['delete'], bucket, null),
      row('aws_s3_bucket_public_access_block', ['delete'], bucket, null),
      row('digitalocean_spaces_bucket', ['no-op'], elsewhere, elsewhere),
    ],
  };
  expect(found({ stack: 's', plan: document })).toEqual([['guard/deleted', 'high', 'aws_s3_bucket.configuration']]);
});

test('a resource of a type that nobody probed may be replaced, which is as bad', () => {
  const json = (size: number): CdkTfJson => ({
    resource: { aws_db_snapshot: { s: { size } } },
  });
  const { findings } = guardStack({ stack: 's', base: json(1), head: json(2) });
  expect([verdictOf(findings), findings[0]?.summary]).toEqual([
    'dangerous',
    'aws_db_snapshot.s may be replaced: a snapshot of a database.',
  ]);
});
