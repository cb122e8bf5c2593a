import type { EksNodeGroup } from '@cdktf/provider-aws/lib/eks-node-group';
import { AutoscalingAttachment } from '@cdktf/provider-aws/lib/autoscaling-attachment';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { awsRegion } from '../../../catalog/aws';
import { eksVersion } from '../../../catalog/aws/kubernetes';
import { auditDays } from '../../../components/audit-log';
import type { Component, ComponentOf } from '../../../components/component';
import type { Watch } from '../../../constructs/aws/alerts';
import { Balancer } from '../../../constructs/aws/balancer';
import { Bucket } from '../../../constructs/aws/bucket';
import { EksCluster, type PodPermission } from '../../../constructs/aws/eks-cluster';
import type { NodePlan } from '../../../constructs/aws/eks-nodes';
import { GlobalAccelerator } from '../../../constructs/aws/global-accelerator';
import { putInRegion } from '../../../constructs/aws/in-region';
import { allow } from '../../../constructs/aws/policy';
import { entrancePorts, fallbackNodes } from '../../../constructs/kubernetes/flavour';
import { registryPurpose } from '../models';
import { isEmptied } from '../../workloads/sites';
import { accountName, component, constructId, prefixOf } from '../naming';
import { zoneCount } from './builds';
import { choiceOf } from './gpu';
import type { Region } from './regions';
import { clusterNodeType } from './sizes';
import { inRegion, watchBalancer, watchNodes } from './watches';
import type { Workshop } from './workshop';

/** Disks of nodes, in GiB: images of several releases; for cards two models as well. Assumptions. */
const appDiskGib = 80;
export const gpuDiskGib = 200;

/** A cluster in each region, and what its pods may do. */
export function buildClusters(shop: Workshop, cluster: ComponentOf<'kubernetes-cluster'>): void {
  const pool = component(shop.tier, 'gpu-pool');
  const models =
    pool === undefined ? undefined : new Bucket(shop.stack, `${pool.id}_models`, { site: shop.site, purpose: 'models', holdsData: false });
  shop.regions.forEach((region, index) => {
    const name = accountName(shop.site.prefix, shop.environment, cluster) + region.mark;
    const built = new EksCluster(shop.stack, `${constructId(shop.environment, cluster)}${region.suffix}`, {
      // Its key can be taken back as long as those at home, also where the region is being left.
      site: { ...region.site, disposable: shop.site.disposable },
      name,
      version: eksVersion.minor,
      publicCidrs: shop.environment.access.allowedCidrs,
      // The control plane's logs hold who did what in the cluster.
      logDays: auditDays,
      nodes: [appNodes(cluster, region), ...(pool === undefined ? [] : gpuNodes(shop, pool, region, index))],
      podPermissions: permissions(shop, models?.arn),
    });
    putInRegion(built, region.provider);
    shop.parts.clusters.push({ region, cluster: built });
    shop.parts.watches.push(...inRegion(watchesOf(shop, [cluster, ...(pool === undefined ? [] : [pool])], built), region));
  });
}

/** CPU of each group of nodes, by the component that it carries. */
function watchesOf(shop: Workshop, carried: readonly Pick<Component, 'id'>[], { nodeGroups }: EksCluster): readonly Watch[] {
  return carried.flatMap((each, index) => {
    const group = nodeGroups[index];
    return group === undefined ? [] : watchNodes(shop, each, scalingGroupOf(group));
  });
}

/** EKS makes it, and names it itself. */
function scalingGroupOf(group: EksNodeGroup): string {
  return group.resources.get(0).autoscalingGroups.get(0).name;
}

function appNodes(cluster: ComponentOf<'kubernetes-cluster'>, { site }: Region): NodePlan {
  const { nodes } = cluster;
  const { type } = clusterNodeType(site.region, cluster);
  return { name: 'app', instanceTypes: [type], min: nodes.min, max: nodes.max, diskGib: appDiskGib, gpu: false, spot: false };
}

/** Servers with GPUs, dealt out over the regions: of three for two regions the first has two. Each may grow to all of them, because another region may be lost. */
function gpuNodes(shop: Workshop, pool: ComponentOf<'gpu-pool'>, { site }: Region, index: number): readonly NodePlan[] {
  const choice = choiceOf(pool, shop.environment, { region: site.region, zones: zoneCount(shop.tier) });
  if (choice.kind !== 'gpu') return [];
  const share = Math.floor(pool.count / shop.regions.length) + (index < pool.count % shop.regions.length ? 1 : 0);
  const { diskGib = gpuDiskGib, spot = false } = shop.environment.gpu ?? {};
  const nodes: NodePlan = {
    name: 'gpu',
    instanceTypes: choice.types,
    min: share,
    max: pool.count,
    diskGib,
    gpu: true,
    spot,
    subnetIds: subnetsIn(shop, site, choice.zones),
  };
  // Empty until the autoscaler finds no spot node; what it prefers stands in `stacks/workloads/missing-parts.ts`.
  return spot ? [nodes, { ...nodes, name: fallbackNodes, min: 0, spot: false }] : [nodes];
}

/** Private subnets of a region that lie in some of its zones: a group fails in a zone that does not sell its type. */
export function subnetsIn(
  { tier }: Pick<Workshop, 'tier'>,
  { region, network }: Region['site'],
  zones: readonly string[],
): readonly string[] {
  const own = awsRegion(region).zones.slice(0, zoneCount(tier));
  return network.private.flatMap(({ subnetId }, index) => (zones.includes(own[index] ?? '') ? [subnetId] : []));
}

/** The pod that fetches secrets for all others: the same as in `constructs/kubernetes/secret-manager.ts`, which would load another provider. */
export const secretReader = { namespace: 'external-secrets', serviceAccount: 'external-secrets' };

/** Pods read the secrets of their environment, and models. */
function permissions({ site, tier, parts, environment }: Workshop, modelsArn: string | undefined): readonly PodPermission[] {
  const secrets = {
    id: 'secrets',
    ...secretReader,
    statements: [
      allow(['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'], [`arn:aws:secretsmanager:*:*:secret:${site.prefix}-*`]),
      ...(parts.appSecrets === undefined ? [] : [allow(['kms:Decrypt'], [parts.appSecrets.keyArn])]),
    ],
  };
  if (modelsArn === undefined) return [secrets];
  const pipeline = component(tier, 'ml-pipeline');
  const registry = pipeline === undefined ? [] : [`arn:aws:s3:::${prefixOf(environment, pipeline)}-${registryPurpose}`];
  const buckets = [modelsArn, ...registry];
  return [
    secrets,
    {
      id: 'models',
      namespace: 'inference',
      serviceAccount: 'inference',
      statements: [
        allow(['s3:ListBucket'], buckets),
        allow(
          ['s3:GetObject'],
          buckets.map((arn) => `${arn}/*`),
        ),
      ],
    },
  ];
}

/** A balancer in each region before the cluster's entrance, and one address for all of them. */
export function buildGlobalBalancer(shop: Workshop, balancer: ComponentOf<'global-load-balancer'>): void {
  const { stack, environment, site, zone } = shop;
  const served = clusterId(shop);
  let first: Balancer | undefined;
  const entries = shop.parts.clusters.map(({ region, cluster }) => {
    const name = accountName(site.prefix, environment, balancer) + region.mark;
    const built = new Balancer(stack, `${balancer.id}${region.suffix}`, {
      site: region.site,
      zone,
      domain: environment.domain,
      name,
      targetPort: entrancePorts.http,
      healthPath: environment.app.healthPath,
      // The controller knows the app by its domain; asked by an address, it says that there is nothing, and so that it lives.
      healthyCodes: '200-404',
      targetsId: `${served}_targets`,
      ...(first === undefined ? {} : { beside: first }),
    });
    first ??= built;
    attach(shop, `${balancer.id}_${served}`, region, cluster, built);
    shop.parts.watches.push(...inRegion(watchBalancer(balancer, built, 'node'), region));
    putInRegion(built, region.provider);
    return { region: region.site.region, balancerArn: built.arn };
  });
  // Where a cluster is being emptied nothing answers any more: the accelerator is told before its pods go.
  const answering = entries.filter(({ region }) => !isEmptied(environment, region));
  const accelerator = new GlobalAccelerator(stack, `${balancer.id}_accelerator`, {
    name: accountName(site.prefix, environment, balancer),
    entries: answering,
    healthPath: environment.app.healthPath,
  });
  shop.parts.entry = { kind: 'alias', host: accelerator.dnsName, zoneId: accelerator.zoneId };
}

/** With its generation: while a cluster follows another one, both are served by the same balancer, and let into the same databases. */
export function clusterId({ environment, tier }: Pick<Workshop, 'environment' | 'tier'>): string {
  const cluster = component(tier, 'kubernetes-cluster');
  return cluster === undefined ? 'cluster' : constructId(environment, cluster);
}

/** Nodes come and go; the group that they belong to tells the balancer. */
function attach({ stack }: Workshop, id: string, region: Region, cluster: EksCluster, balancer: Balancer): void {
  const [app] = cluster.nodeGroups;
  if (app === undefined) return;
  const attached = new AutoscalingAttachment(stack, `${id}_nodes${region.suffix}`, {
    autoscalingGroupName: scalingGroupOf(app),
    lbTargetGroupArn: balancer.targetGroupArn,
  });
  putInRegion(attached, region.provider);
  const port = entrancePorts.http;
  const door = new VpcSecurityGroupIngressRule(stack, `${id}_entrance${region.suffix}`, {
    securityGroupId: cluster.securityGroupId,
    description: `Port ${port} for the balancer.`,
    ipProtocol: 'tcp',
    fromPort: port,
    toPort: port,
    referencedSecurityGroupId: balancer.groupId,
  });
  putInRegion(door, region.provider);
}
