import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { needsAws } from '../support/aws-emulator';
import { type AwsStack, openStack } from '../support/aws-stack';
import { scratch } from '../support/scratch';

jest.setTimeout(600_000);

const withAws = needsAws();

const done = { code: 0, said: '' };

const providers = {
  terraform: { required_providers: { aws: { source: 'hashicorp/aws', version: '5.100.0' } } },
  provider: { aws: [{ region: 'eu-central-1', max_retries: 2 }] },
};

const subnets = {
  a: { vpc_id: '${aws_vpc.main.id}', cidr_block: '10.0.0.0/24', availability_zone: 'eu-central-1a' },
  b: { vpc_id: '${aws_vpc.main.id}', cidr_block: '10.0.1.0/24', availability_zone: 'eu-central-1b' },
};

/** A little of each service whose calls are patched, without what waits for minutes. */
const configuration = {
  ...providers,
  resource: {
    aws_vpc: { main: { cidr_block: '10.0.0.0/16' } },
    aws_subnet: subnets,
    aws_launch_template: {
      app: {
        name: 'app',
        image_id: 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
        instance_type: 'm7g.large',
        user_data: '${base64encode("#!/bin/sh")}',
        tags: { a: 'b' },
      },
    },
    aws_budgets_budget: {
      monthly: {
        name: 'monthly',
        budget_type: 'COST',
        limit_amount: '900',
        limit_unit: 'USD',
        time_unit: 'MONTHLY',
        notification: [
          {
            comparison_operator: 'GREATER_THAN',
            threshold: 80,
            threshold_type: 'PERCENTAGE',
            notification_type: 'FORECASTED',
            subscriber_email_addresses: ['ops@example.com'],
          },
        ],
      },
    },
    aws_ce_anomaly_monitor: { services: { name: 'services', monitor_type: 'DIMENSIONAL', monitor_dimension: 'SERVICE' } },
    aws_ce_anomaly_subscription: {
      daily: {
        name: 'daily',
        frequency: 'DAILY',
        monitor_arn_list: ['${aws_ce_anomaly_monitor.services.arn}'],
        subscriber: [{ type: 'EMAIL', address: 'ops@example.com' }],
        threshold_expression: [
          { dimension: [{ key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE', match_options: ['GREATER_THAN_OR_EQUAL'], values: ['50'] }] },
        ],
      },
    },
    aws_cloudfront_function: {
      edge: { name: 'edge', runtime: 'cloudfront-js-2.0', publish: true, code: 'function handler(event) { return event.request; }' },
    },
    aws_globalaccelerator_accelerator: { front: { name: 'front', ip_address_type: 'IPV4', enabled: true } },
    aws_globalaccelerator_listener: {
      https: {
        accelerator_arn: '${aws_globalaccelerator_accelerator.front.arn}',
        protocol: 'TCP',
        port_range: [{ from_port: 443, to_port: 443 }],
      },
    },
    aws_iam_role: {
      eks: {
        name: 'eks',
        assume_role_policy:
          '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"eks.amazonaws.com"},"Action":"sts:AssumeRole"}]}',
      },
    },
    aws_eks_cluster: {
      main: {
        name: 'main',
        role_arn: '${aws_iam_role.eks.arn}',
        version: '1.33',
        enabled_cluster_log_types: ['api', 'audit'],
        access_config: [{ authentication_mode: 'API', bootstrap_cluster_creator_admin_permissions: false }],
        vpc_config: [{ subnet_ids: ['${aws_subnet.a.id}', '${aws_subnet.b.id}'] }],
      },
    },
    aws_eks_addon: { identity: { cluster_name: '${aws_eks_cluster.main.name}', addon_name: 'eks-pod-identity-agent' } },
    aws_eks_access_entry: { admin: { cluster_name: '${aws_eks_cluster.main.name}', principal_arn: '${aws_iam_role.eks.arn}' } },
    aws_eks_access_policy_association: {
      admin: {
        cluster_name: '${aws_eks_cluster.main.name}',
        principal_arn: '${aws_iam_role.eks.arn}',
        policy_arn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
        access_scope: [{ type: 'cluster' }],
        depends_on: ['aws_eks_access_entry.admin'],
      },
    },
    aws_eks_pod_identity_association: {
      app: { cluster_name: '${aws_eks_cluster.main.name}', namespace: 'app', service_account: 'app', role_arn: '${aws_iam_role.eks.arn}' },
    },
    aws_msk_cluster: {
      events: {
        cluster_name: 'events',
        kafka_version: '3.8.x',
        number_of_broker_nodes: 2,
        broker_node_group_info: [
          {
            instance_type: 'kafka.m7g.large',
            client_subnets: ['${aws_subnet.a.id}', '${aws_subnet.b.id}'],
            security_groups: ['${aws_vpc.main.default_security_group_id}'],
            storage_info: [{ ebs_storage_info: [{ volume_size: 100 }] }],
          },
        ],
      },
    },
    aws_dsql_cluster: { rows: { deletion_protection_enabled: false } },
    aws_backup_vault: { rows: { name: 'rows', force_destroy: true, tags: { a: 'b' } } },
    aws_backup_plan: {
      rows: {
        name: 'rows',
        tags: { a: 'b' },
        rule: [{ rule_name: 'daily', target_vault_name: '${aws_backup_vault.rows.name}', schedule: 'cron(30 2 ? * * *)' }],
      },
    },
    aws_backup_selection: {
      rows: {
        name: 'rows',
        plan_id: '${aws_backup_plan.rows.id}',
        iam_role_arn: '${aws_iam_role.eks.arn}',
        resources: ['${aws_dsql_cluster.rows.arn}'],
      },
    },
  },
};

/** A cache of so many nodes of a type in so many zones, as the tiers write it. */
const cache = (nodes: number, type: string, zones: readonly ('a' | 'b')[]): object => ({
  ...providers,
  resource: {
    aws_vpc: { main: { cidr_block: '10.0.0.0/16' } },
    aws_subnet: subnets,
    aws_elasticache_subnet_group: { cache: { name: 'cache', subnet_ids: zones.map((zone) => `\${aws_subnet.${zone}.id}`) } },
    aws_elasticache_replication_group: {
      cache: {
        replication_group_id: 'cache',
        description: 'Grows in place.',
        engine: 'valkey',
        engine_version: '8.0',
        node_type: type,
        num_cache_clusters: nodes,
        automatic_failover_enabled: nodes > 1,
        multi_az_enabled: nodes > 1,
        subnet_group_name: '${aws_elasticache_subnet_group.cache.name}',
        apply_immediately: false,
      },
    },
  },
});

/** Each configuration applied in place of the one before it, read back as it was written; then all goes again. @param standing looks at the last */
async function goesThrough(configurations: readonly object[], standing: (stack: AwsStack) => void = () => undefined): Promise<void> {
  const folder = scratch();
  const directory = join(folder, 'stack');
  mkdirSync(directory);
  const stack = await openStack({ folder, directory });
  try {
    for (const [index, each] of configurations.entries()) {
      writeFileSync(join(directory, 'main.tf.json'), JSON.stringify(each));
      if (index === 0) expect(await stack.init()).toMatchObject(done);
      expect(await stack.apply()).toMatchObject(done);
      expect(await stack.replan()).toMatchObject(done);
    }
    standing(stack);
    expect(await stack.destroy()).toMatchObject(done);
    expect(stack.emulator.gaps()).toEqual([]);
  } finally {
    await stack.stop();
  }
}

withAws('what the patches add applies, is read back as it was written, and goes again', () => goesThrough([configuration]));

// The provider waits for the members by a list of all clusters, not by the id of each.
withAws('a cache gets a second node, a larger type and another zone in place', () =>
  goesThrough([cache(1, 'cache.t4g.small', ['a']), cache(2, 'cache.t4g.medium', ['a', 'b'])]),
);

const trail = (name: string): object => ({
  name,
  s3_bucket_name: '${aws_s3_bucket.audit.bucket}',
  depends_on: ['aws_s3_bucket_policy.audit'],
});

/** As after a promotion that was led back: the trail of the attempt before is kept. */
const trails = {
  ...providers,
  resource: {
    aws_s3_bucket: { audit: { bucket: 'audit', force_destroy: true } },
    aws_s3_bucket_policy: {
      audit: {
        bucket: '${aws_s3_bucket.audit.bucket}',
        policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:*', Resource: 'arn:aws:s3:::audit/*' },
          ],
        }),
      },
    },
    aws_cloudtrail: { first: trail('audit'), second: trail('g2-audit') },
  },
};

withAws('one trail is told from another', () => goesThrough([trails]));

/** A queue in each of two regions, and the region that the provider says each is in. */
const twoRegions = {
  terraform: providers.terraform,
  provider: { aws: [{ region: 'eu-central-1' }, { alias: 'there', region: 'us-west-2' }] },
  data: { aws_region: { here: {}, there: { provider: 'aws.there' } } },
  resource: {
    aws_sqs_queue: {
      here: { name: 'in-${data.aws_region.here.name}' },
      there: { provider: 'aws.there', name: 'in-${data.aws_region.there.name}' },
    },
  },
  output: { queues: { value: ['${aws_sqs_queue.here.arn}', '${aws_sqs_queue.there.arn}'] } },
};

withAws('each configuration of the provider reaches its own region', () =>
  goesThrough([twoRegions], ({ directory }) => {
    const { outputs } = JSON.parse(readFileSync(join(directory, 'terraform.tfstate'), 'utf8')) as State;
    expect(outputs.queues.value).toEqual([
      'arn:aws:sqs:eu-central-1:123456789012:in-eu-central-1',
      'arn:aws:sqs:us-west-2:123456789012:in-us-west-2',
    ]);
  }),
);

interface State {
  readonly outputs: { readonly queues: { readonly value: readonly string[] } };
}
