import { ComputeAddress } from '@cdktf/provider-google/lib/compute-address';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { TerraformOutput, TerraformVariable, type App } from 'cdktf';
import { GkeCluster } from '../../../constructs/google/gke-cluster';
import { Network } from '../../../constructs/google/network';
import type { Environment } from '../../../environments/schema';
import type { Tier } from '../../../tiers/tier';
import { addBackend } from '../../backend';
import { layerState, secondCloudStackId } from '../../layers';
import type { Lock } from '../../locks';
import { TierStack } from '../../tier-stack';
import { component } from '../naming';
import { neighbours, ranges } from './neighbours';

/** Machine types by the vCPUs and memory that nodes need. Source: Google Cloud, general-purpose machine family (E2), recalled on 2026-11-21. */
const machineTypes = [
  { type: 'e2-standard-4', vcpus: 4, memoryGib: 16 },
  { type: 'e2-standard-8', vcpus: 8, memoryGib: 32 },
  { type: 'e2-standard-16', vcpus: 16, memoryGib: 64 },
] as const;

/** Adds the stack of a tier's part on Google Cloud: a network, a cluster, and an address for what takes requests there. */
export function buildSecondCloud(app: App, environment: Environment, tier: Tier, lock: Lock | undefined): TierStack {
  const stack = new TierStack(app, secondCloudStackId(tier.id), {
    lock,
    recorded: { tier: tier.id, generations: environment.generations, disposable: environment.disposable !== undefined },
  });
  addBackend(stack, { state: layerState(environment.state, 'google') });
  const project = new TerraformVariable(stack, 'google_project', {
    type: 'string',
    nullable: false,
    description: 'Project of Google Cloud in which the second cloud stands. Set TF_VAR_google_project.',
  }).stringValue;
  const region = neighbours[environment.region] ?? '';
  new GoogleProvider(stack, 'google', { project, region, defaultLabels: { environment: environment.name, terrace: 'yes' } });
  fill(stack, environment, tier, project, region);
  return stack;
}

function fill(stack: TierStack, environment: Environment, tier: Tier, project: string, region: string): void {
  const cluster = component(tier, 'kubernetes-cluster');
  if (cluster === undefined) return;
  const name = `${environment.namePrefix}-${environment.name}`;
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
    adminCidrs: environment.access.allowedCidrs,
    controlPlaneRange: ranges.controlPlane,
    disposable: environment.disposable !== undefined,
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
}
