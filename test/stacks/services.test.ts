import { graphFromSynthesis, type CdkTfJson } from '../../analysis/graph';
import { capacityDelta } from '../../analysis/review/deltas';
import { estimate, listBook } from '../../analysis/pricing';
import { capacityOf, checkLoad, plantOf } from '../../analysis/capacity';
import type { Environment } from '../../environments/schema';
import { tierProblems } from '../../stacks/problems';
import { chosen, tierOf } from '../../tiers/choices';
import { tier } from '../../tiers';
import { sampleEnvironment } from '../support/environments';
import { resources, synthesized } from '../support/project';
import { scratch } from '../support/scratch';
import { twoServices } from './workloads/fixture';
import { synthesized as overClouds, withEngine } from './workloads/two-clouds';

const onAws = { platform: 'aws', region: 'us-east-1', regions: ['us-west-2'], namePrefix: 'co' } as const;
const oneOf = (change: Partial<(typeof twoServices)[string]>): Environment['services'] => ({
  billing: { ...(twoServices['billing'] as (typeof twoServices)[string]), calls: [], ...change },
});

describe('services in a tier with clusters', () => {
  test('have nodes of their own in each region of DigitalOcean, and change nothing else there', () => {
    const [before, after] = [{}, { services: twoServices }].map((own) => resources(synthesized({ tier: 'tier5', ...own })));
    const changed = Object.keys(after ?? {}).filter((address) => JSON.stringify(before?.[address]) !== JSON.stringify(after?.[address]));
    expect(Object.keys(before ?? {}).filter((address) => after?.[address] === undefined)).toEqual([]);
    expect(changed.sort()).toEqual([
      'digitalocean_kubernetes_node_pool.cluster_g1_ams3_work',
      'digitalocean_kubernetes_node_pool.cluster_g1_tor1_work',
    ]);
    for (const address of changed) expect(after?.[address]).toMatchObject({ min_nodes: 4, max_nodes: 12 });
  });

  test('can have another image without a word to the layer that holds data', () => {
    const [one, other] = [{}, { image: 'ghcr.io/example/billing:3.0.0', settings: { CURRENCY: 'USD' } }].map(
      (change) => synthesized({ tier: 'tier5', services: oneOf(change) }).recorded,
    );
    expect(other?.json).toEqual(one?.json);
    expect(other?.layers[0]?.json).not.toEqual(one?.layers[0]?.json);
  });

  test('have nodes of their own on AWS', () => {
    const found = resources(synthesized({ ...onAws, tier: 'tier5', services: twoServices }));
    for (const suffix of ['', '_us_west_2'])
      expect(found[`aws_eks_node_group.cluster_g1${suffix}_nodes_app`]).toMatchObject({ scaling_config: { min_size: 4, max_size: 12 } });
  });

  test('have nodes of their own at Google, and are who the app is where a database asks', () => {
    const services = chosen(withEngine('alloydb'), { database: { engine: 'alloydb' }, services: twoServices });
    const { resource } = overClouds(scratch(), { tier: services, services: twoServices }).json('tier6-google');
    expect(resource['google_container_node_pool']?.['cluster_europe-west3_nodes_app']).toMatchObject({
      autoscaling: { total_min_node_count: 11, total_max_node_count: 61 },
    });
    const members = Object.values(resource['google_service_account_iam_member'] ?? {}).map(({ member }) => String(member));
    expect(members.map((each) => /\[(.*)\]/.exec(each)?.[1])).toEqual(['app/app', 'app/billing', 'app/mail']);
  });

  test('are who the app is on AWS, in each region', () => {
    const own = { ...onAws, tier: 'tier6', regions: ['us-west-2', 'eu-west-1'], load: { dailyUsers: 1_000_000 } } as const;
    const found = resources(synthesized({ ...own, database: { engine: 'aurora-dsql' }, services: twoServices }));
    for (const suffix of ['', '_us_west_2'])
      for (const name of Object.keys(twoServices))
        expect(found[`aws_eks_pod_identity_association.database_g1_client_identity${suffix}_service_${name}`]).toMatchObject({
          cluster_name: `\${aws_eks_cluster.cluster_g1${suffix}.name}`,
          namespace: 'app',
          service_account: name,
          role_arn: '${aws_iam_role.database_g1_client.arn}',
        });
  });

  test('count against the nodes that they stand on', () => {
    const { recorded } = synthesized({ tier: 'tier5', services: twoServices });
    const report = capacityOf(plantOf(recorded.tier, graphFromSynthesis(recorded.json as CdkTfJson)), checkLoad({ users: 100_000 }));
    const nodes = report.components.find(({ id }) => id === 'cluster')?.limits[0];
    // 20 x 3, 12 x 0.5 and 4 x 0.25 on 2 x 12 nodes of 4.
    expect([nodes?.used, nodes?.capacity, nodes?.unit]).toEqual([67, 96, 'vCPU']);
  });

  test('count against these nodes in a review too, which sees of the first layer nothing else', () => {
    const graph = graphFromSynthesis(synthesized({ tier: 'tier5', services: twoServices }).recorded.json as CdkTfJson);
    const after = capacityDelta([{ after: graph } as never], undefined, twoServices)?.after;
    expect(after?.components.find(({ id }) => id === 'cluster')?.limits[0]).toMatchObject({ used: 67, capacity: 96 });
  });

  test('cost what their nodes cost', () => {
    const priced = (own: Partial<Environment>) =>
      estimate(graphFromSynthesis(synthesized({ tier: 'tier5', ...own }).recorded.json as CdkTfJson), listBook());
    const [before, after] = [priced({}), priced({ services: twoServices })];
    const pools = ({ lines }: typeof before) =>
      lines
        .filter(({ address }) => address.endsWith('_work'))
        .map(({ quantity, monthly }) => `${quantity.toNumber()}: ${monthly.toFixed(2)}`);
    // The middle of 3 to 10 nodes, and of 4 to 12, in each of two regions.
    expect([pools(before), pools(after)]).toEqual([
      ['7: 882.00', '7: 882.00'],
      ['8: 1008.00', '8: 1008.00'],
    ]);
    expect(after.monthly.minus(before.monthly).toFixed(2)).toBe('252.00');
  });

  test('wait for nobody on the side of a promotion that takes no requests yet', () => {
    const { tiers } = synthesized({ tier: 'tier4', regions: ['ams3'], promotion: { to: 'tier5', phase: 'expand' }, services: twoServices });
    const [layer] = tiers.find(({ id }) => id === 'tier5')?.layers ?? [];
    const deployments = (layer?.json as { resource: Record<string, Record<string, Record<string, unknown>>> } | undefined)?.resource[
      'kubernetes_deployment_v1'
    ];
    expect(deployments?.['app_tor1_service_mail_pods_deployment']).toMatchObject({ wait_for_rollout: false });
  });

  test('whose pods fit on no node are all refused at once', () => {
    const services = { ...oneOf({ vcpus: 3.5 }), mail: { ...(twoServices['mail'] as (typeof twoServices)[string]), memoryGib: 12.5 } };
    const found = tierProblems(sampleEnvironment({ tier: 'tier5', services }), tierOf('tier5', { services }));
    expect(found.map(({ code, message, where }) => `${code} ${where}: ${message}`)).toEqual([
      'SERVICE_TOO_LARGE services.billing: A pod of billing asks for 3.5 vCPU and 1 GiB, and a node of tier5 has 3 vCPU and 12 GiB for pods. Give services.billing smaller pods, and more of them.',
      'SERVICE_TOO_LARGE services.mail: A pod of mail asks for 0.25 vCPU and 12.5 GiB, and a node of tier5 has 3 vCPU and 12 GiB for pods. Give services.mail smaller pods, and more of them.',
    ]);
    expect(tierProblems(sampleEnvironment({ tier: 'tier5', services: oneOf({ vcpus: 3, memoryGib: 12 }) }), tier('tier5'))).toEqual([]);
  });
});

test('services in a tier without clusters are built by nothing, and that is said', () => {
  const found = synthesized({ tier: 'tier2', services: twoServices });
  expect(found.warnings).toContain('services is given, and tier2 has no clusters: nothing follows from it until a tier that does.');
  expect(found.recorded.json).toEqual(synthesized({ tier: 'tier2' }).recorded.json);
});
