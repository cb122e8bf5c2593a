import { graphFromState } from '../../../../analysis/graph';
import type { JsonObject } from '../../../../analysis/graph';
import { estimate } from '../../../../analysis/pricing';
import { book, gaps, given, lines } from './support';

/** A state names other resources by their ids, names and hosts, never by expressions. */
function state(resources: Readonly<Record<string, JsonObject>>): JsonObject {
  const list = Object.entries(resources).map(([address, values]) => {
    const [type = '', name = ''] = address.split('.');
    return {
      address,
      mode: 'managed',
      type,
      name,
      provider_name: 'registry.terraform.io/hashicorp/aws',
      values: { arn: `arn:aws:x:us-east-1:123456789012:${name}`, ...values },
    };
  });
  return { format_version: '1.0', values: { root_module: { resources: list } } };
}

const ebs = { volume_size: 20, volume_type: 'gp3', iops: 3000, throughput: 125 };

describe('an estimate of a state', () => {
  test('finds a launch template by its id: 3 x 730 x 0.0816, 60 x 0.08', () => {
    const answer = estimate(
      graphFromState(
        state({
          'aws_launch_template.app': { id: 'lt-1', name: 'app', instance_type: 'm7g.large', block_device_mappings: [{ ebs: [ebs] }] },
          'aws_autoscaling_group.app': {
            min_size: 3,
            max_size: 3,
            desired_capacity: 3,
            launch_template: [{ id: 'lt-1', name: 'app', version: '4' }],
            mixed_instances_policy: [],
          },
        }),
      ),
      book,
    );
    expect(lines(answer)).toEqual(['instance m7g.large: 2190 hour x 0.0816 = 178.70', 'root volume gp3: 60 GB-month x 0.08 = 4.80']);
  });

  test('finds the source of a replica, and the cluster of a server, by their names', () => {
    const answer = estimate(
      graphFromState(
        state({
          'aws_db_instance.main': {
            identifier: 'main',
            engine: 'postgres',
            instance_class: 'db.m7g.large',
            multi_az: false,
            allocated_storage: 100,
            storage_type: 'gp3',
            iops: 3000,
            replicate_source_db: '',
          },
          'aws_db_instance.replica': {
            identifier: 'replica',
            engine: '',
            instance_class: 'db.m7g.large',
            multi_az: false,
            allocated_storage: 100,
            storage_type: 'gp3',
            iops: 3000,
            replicate_source_db: 'main',
          },
          'aws_rds_cluster.events': { cluster_identifier: 'events', engine: 'aurora-postgresql', storage_type: 'aurora-iopt1' },
          'aws_rds_cluster_instance.events': { cluster_identifier: 'events', instance_class: 'db.r7g.large' },
        }),
      ),
      book,
    );
    expect(lines(answer).filter((line) => !line.startsWith('storage'))).toEqual([
      'Aurora server db.r7g.large, I/O-Optimized: 1 month x 261.924 = 261.92', // 130 % of 730 x 0.276
      'database db.m7g.large, single-az: 730 hour x 0.168 = 122.64',
      'read replica db.m7g.large, single-az: 730 hour x 0.168 = 122.64',
    ]);
    expect(gaps(answer)).toEqual([]);
  });

  test('finds the bucket that a distribution serves by its host: its traffic goes through the CDN, 100 x 0.085', () => {
    const answer = estimate(
      graphFromState(
        state({
          'aws_s3_bucket.site': { bucket_regional_domain_name: 'site.s3.us-east-1.amazonaws.com' },
          'aws_cloudfront_distribution.site': { origin: [{ domain_name: 'site.s3.us-east-1.amazonaws.com' }] },
        }),
      ),
      book,
      { total: given({ objectEgressGb: 100 }) },
    );
    expect(lines(answer)).toEqual(['traffic to North America, first 10,240 GB: 100 GB x 0.085 = 8.50']);
  });
});

test('an estimate with AWS says how AWS is billed, and one without does not', () => {
  const notes = (resources: Readonly<Record<string, JsonObject>>): readonly string[] =>
    estimate(graphFromState(state(resources)), book).notes.filter((note) => note.startsWith('AWS: public'));
  expect(notes({ 'aws_eip.a': {} })).toEqual([
    'AWS: public IPv4 addresses are charged, whether anything holds them or not; what an account has free each month is not deducted. Committed prices are those of one year.',
  ]);
  expect(notes({ 'aws_vpc.a': {} })).toEqual([]);
});
