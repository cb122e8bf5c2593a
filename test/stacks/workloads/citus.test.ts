import { guardStack } from '../../../analysis/review';
import type { Environment } from '../../../environments/schema';
import { synthesize, type SynthesizedTier } from '../../../stacks/synthesize';
import { sampleEnvironment } from '../../support/environments';
import { scratch } from '../../support/scratch';
import type { Document } from './fixture';

const kept = {
  ...sampleEnvironment({
    tier: 'tier6',
    platform: 'aws',
    region: 'us-east-1',
    regions: ['us-west-2'],
    load: { dailyUsers: 1_000_000 },
    database: { engine: 'citus' },
  }),
  disposable: undefined,
} as Environment;

/** What Helm is given, as the objects of our own chart. */
type Values = { readonly objects: readonly { readonly kind: string; readonly spec: Readonly<Record<string, unknown>> }[] };

describe('tier 6 with Citus in its first cluster', () => {
  let tier: SynthesizedTier;
  let workloads: Document;
  beforeAll(() => {
    tier = synthesize(kept, { project: scratch(), recordedOnly: true }).recorded;
    workloads = tier.layers.at(-1)?.json as unknown as Document;
  });
  const release = (): Record<string, unknown> =>
    workloads.resource['helm_release']?.['database_us-east-1_objects_release'] as Record<string, unknown>;

  test('has what StackGres needs: a coordinator and workers with standbys, whose volumes stay, and backups', () => {
    const { objects } = JSON.parse(String((release()['values'] as readonly string[])[0]).replaceAll(/\$\{[^}]*\}/g, 'x')) as Values;
    expect(objects.map(({ kind }) => kind)).toEqual(['SGInstanceProfile', 'SGObjectStorage', 'SGShardedCluster']);
    const servers = { sgInstanceProfile: 'size', pods: { persistentVolume: { size: '2000Gi', storageClass: 'x' } } };
    expect(objects[2]?.spec).toMatchObject({
      type: 'citus',
      replication: { mode: 'sync', syncInstances: 1 },
      coordinator: { instances: 2, ...servers },
      shards: { clusters: 8, instancesPerCluster: 2, ...servers },
      configurations: { backups: [{ sgObjectStorage: 'backups', retention: 14 }] },
    });
    expect(workloads.resource['kubernetes_storage_class_v1']?.['database_us-east-1_storage']).toMatchObject({ reclaim_policy: 'Retain' });
    expect(release()).toMatchObject({ lifecycle: { prevent_destroy: true } });
  });

  test('is told of by secrets only, in every cluster', () => {
    expect(Object.keys(workloads.resource['helm_release'] ?? {}).filter((name) => name.startsWith('database_'))).toEqual([
      'database_us-east-1_fetched_release',
      'database_us-east-1_objects_release',
      'database_us-east-1_operator',
      'database_us-east-1_secrets_operator',
      'database_us-east-1_told_release',
      'database_us-east4_secrets_operator',
      'database_us-east4_told_release',
      'database_us-west-2_secrets_operator',
      'database_us-west-2_told_release',
    ]);
    const asked = [...JSON.stringify(workloads).matchAll(/terraform_remote_state\.platform\.outputs\.([a-z_]+)/g)].map(([, name]) => name);
    expect([...new Set(asked)].filter((name) => !Object.keys(tier.json['output'] as object).includes(String(name)))).toEqual([]);
    expect(JSON.stringify(tier.json['output'])).toContain('database_backups');
    expect(JSON.stringify(workloads)).not.toContain('TF_VAR_database_password');
  });

  test('is reached from the second region and from Google: a private balancer, a port of every node, and poolers before it', () => {
    const { resource } = tier.json as unknown as Document;
    expect(resource['aws_lb']?.['database_g1_entry']).toMatchObject({
      internal: true,
      load_balancer_type: 'network',
      security_groups: ['${aws_security_group.database_g1_entry_firewall.id}'],
    });
    expect(resource['aws_lb_listener']?.['database_g1_entry_tcp']).toMatchObject({ port: 5432, protocol: 'TCP' });
    expect(resource['aws_lb_target_group']?.['database_g1_entry_targets']).toMatchObject({
      port: 30432,
      protocol: 'TCP',
      target_type: 'instance',
      preserve_client_ip: 'false',
    });
    // The network of us-west-2, Google's pods and no other; nodes admit the balancer alone.
    const rules = Object.entries(resource['aws_vpc_security_group_ingress_rule'] ?? {}).filter(([id]) =>
      id.startsWith('database_g1_entry'),
    );
    expect(
      rules.map(([id, { cidr_ipv4: cidr, from_port: port, referenced_security_group_id: group }]) => [id, cidr ?? group, port]),
    ).toEqual([
      ['database_g1_entry_door', '${aws_security_group.database_g1_entry_firewall.id}', 30432],
      ['database_g1_entry_firewall_regions_10_17_0_0_16', '10.17.0.0/16', 5432],
      ['database_g1_entry_firewall_regions_172_24_0_0_14', '172.24.0.0/14', 5432],
    ]);
    expect(workloads.resource['kubernetes_service_v1']?.['database_us-east-1_for_regions_on_nodes']).toMatchObject({
      spec: { type: 'NodePort', selector: { 'app.kubernetes.io/name': 'pooler' }, port: [{ port: 6432, node_port: 30432 }] },
    });
    expect(workloads.resource['kubernetes_network_policy_v1']?.['database_us-east-1_for_regions_from_nodes']).toMatchObject({
      spec: { ingress: [{ from: [{ ip_block: { cidr: '10.16.0.0/16' } }], ports: [{ port: '6432' }] }] },
    });
    expect(workloads.resource['kubernetes_deployment_v1']?.['database_us-east-1_for_regions_pods_deployment']).toMatchObject({
      spec: { replicas: '7' },
      depends_on: ['helm_release.database_us-east-1_told_release'],
    });
  });

  test('tells all ends of the way the same password, which no state has', () => {
    const told = (region: string): string =>
      JSON.stringify(workloads.resource['helm_release']?.[`database_${region}_told_release`]?.['values']).replaceAll(/\\+"/g, '"');
    const client = '{{ printf "%s" .database | sha256sum }}';
    expect(told('us-east-1')).toContain(`"app" "${client}"`);
    expect(told('us-east-1')).toContain('app = host=database.');
    for (const region of ['us-west-2', 'us-east4']) {
      expect(told(region)).toContain(`postgresql://app:${client}@`);
      expect(told(region)).toContain('outputs.database_entry');
      expect(told(region)).not.toContain('pgbouncer.ini');
      expect(workloads.resource['kubernetes_deployment_v1']?.[`app_${region}_pods_deployment`]).toMatchObject({
        depends_on: [`helm_release.database_${region}_told_release`],
      });
      const policy = workloads.resource['kubernetes_network_policy_v1']?.[`database_${region}_from_app`];
      expect(JSON.stringify(policy)).toContain('"port":"5432"');
    }
    expect(told('us-east4')).not.toContain('REDIS_URL');
  });

  test('is data for the guard: neither the release nor the database in it goes without a word', () => {
    const found = (edit: (own: { resource: Record<string, Record<string, Record<string, unknown>>> }) => void): unknown => {
      const head = structuredClone(workloads) as unknown as { resource: Record<string, Record<string, Record<string, unknown>>> };
      edit(head);
      const { findings } = guardStack({ stack: 'tier6-workloads', base: workloads as never, head: head as never });
      return findings.filter(({ severity }) => severity === 'high').map(({ id, address }) => [id, address]);
    };
    const address = 'helm_release.database_us-east-1_objects_release';
    expect(found(({ resource }) => delete resource['helm_release']?.['database_us-east-1_objects_release'])).toEqual([
      ['guard/deleted', address],
    ]);
    expect(
      found(({ resource }) => {
        const own = resource['helm_release']?.['database_us-east-1_objects_release'] as { values: string[] };
        own.values = ['{"objects":[]}'];
      }),
    ).toEqual([['guard/deleted', address]]);
    expect(found(({ resource }) => delete resource['helm_release']?.['database_us-east-1_objects_release']?.['lifecycle'])).toEqual([
      ['guard/unprotected', address],
    ]);
    expect(
      found(({ resource }) =>
        Object.assign(resource['kubernetes_storage_class_v1']?.['database_us-east-1_storage'] ?? {}, { reclaim_policy: 'Delete' }),
      ),
    ).toEqual([['guard/unprotected', 'kubernetes_storage_class_v1.database_us-east-1_storage']]);
  });
});
