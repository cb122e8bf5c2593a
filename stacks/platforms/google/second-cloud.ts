import { ComputeAddress } from '@cdktf/provider-google/lib/compute-address';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { TerraformOutput, type App } from 'cdktf';
import { GkeCluster, type GpuNodes } from '../../../constructs/google/gke-cluster';
import { Network } from '../../../constructs/google/network';
import type { Environment } from '../../../environments/schema';
import { secondCloudStackId } from '../../../tiers/layer-names';
import type { Tier } from '../../../tiers/tier';
import { addBackend } from '../../backend';
import { type FurtherLayers, layerState } from '../../layers';
import { TierStack } from '../../tier-stack';
import { joinsClouds } from '../between-clouds';
import { component, addressMarks } from '../naming';
import { buildAuditLog } from './audit';
import { googlePlace, googleProject, type GooglePlace } from './cluster-place';
import { buildDistributedSql } from './distributed-sql';
import { choiceOf } from './gpu';
import { joinHome } from './joined';
import { ranges } from './neighbours';

/** Machine types by the vCPUs and memory that nodes need. Source: Google Cloud, general-purpose machine family (E2), recalled on 2026-11-21. */
const machineTypes = [
  { type: 'e2-standard-4', vcpus: 4, memoryGib: 16 },
  { type: 'e2-standard-8', vcpus: 8, memoryGib: 32 },
  { type: 'e2-standard-16', vcpus: 16, memoryGib: 64 },
] as const;

/**
 * Adds the stack of a tier's part on Google Cloud: a network, a cluster, and an address for what takes requests there. It is protected
 * for as long as requests go there: a promotion makes it before, and takes it away after.
 */
export function buildSecondCloud(
  app: App,
  environment: Environment,
  tier: Tier,
  { lock, role = 'serves', mark }: FurtherLayers,
): TierStack {
  const stack = new TierStack(app, secondCloudStackId(tier.id, mark), {
    lock,
    recorded: { tier: tier.id, generations: environment.generations, disposable: environment.disposable !== undefined },
    addressMarks: addressMarks(environment, tier),
  });
  addBackend(stack, { state: layerState(environment, tier, 'google') });
  const project = googleProject(stack);
  const { name, region } = googlePlace(environment, tier) ?? { name: '', region: '' };
  new GoogleProvider(stack, 'google', { project, region, defaultLabels: { environment: environment.name, terrace: 'yes' } });
  fill(stack, environment, tier, { project, name, region, protectedHere: environment.disposable === undefined && role === 'serves' });
  return stack;
}

/** Nodes with cards, where the environment asks for them and the region sells them. */
function gpuNodes(environment: Environment, tier: Tier, region: string): { readonly gpu?: GpuNodes } {
  const pool = component(tier, 'gpu-pool');
  const choice = pool === undefined ? undefined : choiceOf(pool, environment, region);
  const asked = environment.gpu?.google;
  if (asked === undefined || choice?.kind !== 'gpu') return {};
  const { type, zones } = choice;
  return { gpu: { machineType: type.type, accelerator: type.accelerator, zones, count: asked.nodes, spot: asked.spot } };
}

interface Place extends GooglePlace {
  readonly project: string;
  /** Whether the cluster must not be deleted. */
  readonly protectedHere: boolean;
}

function fill(stack: TierStack, environment: Environment, tier: Tier, { project, name, region, protectedHere }: Place): void {
  const cluster = component(tier, 'kubernetes-cluster');
  if (cluster === undefined) return;
  const network = new Network(stack, `network_${region}`, { name, region, ranges });
  const built = new GkeCluster(stack, `${cluster.id}_${region}`, {
    name,
    project,
    region,
    network,
    machineType: (
      machineTypes.find(({ vcpus, memoryGib }) => vcpus >= cluster.nodeVcpus && memoryGib >= cluster.nodeMemoryGib) ?? machineTypes[2]
    ).type,
    nodes: cluster.nodes,
    ...gpuNodes(environment, tier, region),
    adminCidrs: environment.access.allowedCidrs,
    controlPlaneRange: ranges.controlPlane,
    disposable: !protectedHere,
  });
  const address = new ComputeAddress(stack, `${component(tier, 'global-load-balancer')?.id ?? 'load-balancer'}_${region}_address`, {
    name,
    region,
    addressType: 'EXTERNAL',
    networkTier: 'PREMIUM',
  });
  const told = {
    id: built.clusterId,
    name: built.clusterName,
    endpoint: built.endpoint,
    ca_certificate: built.caCertificate,
    address: address.address,
  };
  new TerraformOutput(stack, 'clusters', { value: { [region]: told }, staticId: true });
  const ground = { stack, environment, tier, project, region, network };
  if (joinsClouds(tier)) joinHome(ground, name);
  const database = buildDistributedSql(ground);
  buildAuditLog(ground, database, protectedHere);
  if (database !== undefined)
    new TerraformOutput(stack, 'distributed_sql', {
      value: database,
      staticId: true,
      description: 'Distributed SQL; clients sign in with an account of Google.',
    });
}
