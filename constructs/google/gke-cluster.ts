import { ContainerCluster } from '@cdktf/provider-google/lib/container-cluster';
import { ContainerNodePool } from '@cdktf/provider-google/lib/container-node-pool';
import { ProjectIamMember } from '@cdktf/provider-google/lib/project-iam-member';
import { ServiceAccount } from '@cdktf/provider-google/lib/service-account';
import { Construct } from 'constructs';
import { keep } from '../keep';
import { rangeNames, type Network } from './network';

/** Nodes with GPUs. */
export interface GpuNodes {
  readonly machineType: string;
  readonly accelerator: string;
  /** Nodes of all zones together. */
  readonly count: number;
  /** Those of the region's zones in which the card is sold. */
  readonly zones: readonly string[];
  /** Whether Google may take them back at half a minute's notice. */
  readonly spot: boolean;
}

export interface GkeClusterProps {
  readonly name: string;
  /** Google's project, as a reference. */
  readonly project: string;
  readonly region: string;
  readonly network: Network;
  readonly machineType: string;
  /** Nodes of all zones together. */
  readonly nodes: { readonly min: number; readonly max: number };
  /** @default - none */
  readonly gpu?: GpuNodes;
  /** Address ranges that reach the control plane; when empty, it is reached from nowhere but Google's own network. */
  readonly adminCidrs: readonly string[];
  /** Range of the control plane, a /28. */
  readonly controlPlaneRange: string;
  /** Whether a destroy is let through. */
  readonly disposable: boolean;
}

/** What nodes may do: write logs and metrics, and pull images. */
const nodeRoles = ['roles/container.defaultNodeServiceAccount', 'roles/artifactregistry.reader'];

const scopes = ['https://www.googleapis.com/auth/cloud-platform'];

/** Kubernetes run by Google over the zones of a region: private nodes, a pool for the app and one with GPUs. */
export class GkeCluster extends Construct {
  readonly clusterId: string;
  readonly clusterName: string;
  /** URL of its API. */
  readonly endpoint: string;
  /** In base64. */
  readonly caCertificate: string;

  constructor(scope: Construct, id: string, props: GkeClusterProps) {
    super(scope, id);
    const cluster = controlPlane(this, props);
    const account = nodeAccount(this, props);
    appNodes(this, props, cluster, account);
    if (props.gpu !== undefined) gpuNodes(this, props, props.gpu, cluster, account);
    this.clusterId = cluster.id;
    this.clusterName = cluster.name;
    this.endpoint = `https://${cluster.endpoint}`;
    this.caCertificate = cluster.masterAuth.clusterCaCertificate;
  }
}

function controlPlane(
  scope: Construct,
  { name, project, region, network, adminCidrs, controlPlaneRange, disposable }: GkeClusterProps,
): ContainerCluster {
  return new ContainerCluster(scope, 'Resource', {
    name,
    location: region,
    network: network.networkId,
    subnetwork: network.subnetworkId,
    // A cluster cannot be made without nodes; these go at once, and the pools come.
    initialNodeCount: 1,
    removeDefaultNodePool: true,
    deletionProtection: !disposable,
    releaseChannel: { channel: 'REGULAR' },
    ipAllocationPolicy: { clusterSecondaryRangeName: rangeNames.pods, servicesSecondaryRangeName: rangeNames.services },
    privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: false, masterIpv4CidrBlock: controlPlaneRange },
    masterAuthorizedNetworksConfig: { cidrBlocks: adminCidrs.map((cidrBlock) => ({ cidrBlock })) },
    workloadIdentityConfig: { workloadPool: `${project}.svc.id.goog` },
    datapathProvider: 'ADVANCED_DATAPATH',
    loggingConfig: { enableComponents: ['SYSTEM_COMPONENTS', 'WORKLOADS'] },
    monitoringConfig: { enableComponents: ['SYSTEM_COMPONENTS'] },
    ...keep({ disposable }),
  });
}

function nodeAccount(scope: Construct, { name, project }: GkeClusterProps): ServiceAccount {
  // Accounts have names of 6 to 30 characters.
  const account = new ServiceAccount(scope, 'nodes', {
    accountId: `${name.slice(0, 24).replace(/-$/, '')}-nodes`,
    displayName: `Nodes of ${name}`,
  });
  for (const role of nodeRoles)
    new ProjectIamMember(scope, `nodes_${role.split('/')[1]?.replaceAll('.', '_')}`, {
      project,
      role,
      member: `serviceAccount:${account.email}`,
    });
  return account;
}

function appNodes(
  scope: Construct,
  { region, machineType, nodes }: GkeClusterProps,
  cluster: ContainerCluster,
  account: ServiceAccount,
): void {
  new ContainerNodePool(scope, 'nodes_app', {
    name: 'app',
    cluster: cluster.id,
    location: region,
    autoscaling: { totalMinNodeCount: nodes.min, totalMaxNodeCount: nodes.max, locationPolicy: 'BALANCED' },
    management: { autoRepair: true, autoUpgrade: true },
    upgradeSettings: { maxSurge: 1, maxUnavailable: 0 },
    nodeConfig: { machineType, diskSizeGb: 100, diskType: 'pd-balanced', ...hardened(account) },
    lifecycle: { ignoreChanges: ['initial_node_count'] },
  });
}

function gpuNodes(scope: Construct, { region }: GkeClusterProps, gpu: GpuNodes, cluster: ContainerCluster, account: ServiceAccount): void {
  new ContainerNodePool(scope, 'nodes_gpu', {
    name: 'gpu',
    cluster: cluster.id,
    location: region,
    nodeLocations: [...gpu.zones],
    // One model server on each, and as many as there are: more nodes would have nothing to do.
    autoscaling: { totalMinNodeCount: gpu.count, totalMaxNodeCount: gpu.count, locationPolicy: 'ANY' },
    management: { autoRepair: true, autoUpgrade: true },
    nodeConfig: {
      machineType: gpu.machineType,
      diskSizeGb: 200,
      diskType: 'pd-balanced',
      spot: gpu.spot,
      guestAccelerator: [{ type: gpu.accelerator, count: 1, gpuDriverInstallationConfig: { gpuDriverVersion: 'DEFAULT' } }],
      taint: [{ key: 'nvidia.com/gpu', value: 'present', effect: 'NO_SCHEDULE' }],
      ...hardened(account),
    },
    lifecycle: { ignoreChanges: ['initial_node_count'] },
  });
}

/** Nodes start only what Google has signed, act as an account of their own, and pods reach none of it. */
function hardened(account: ServiceAccount) {
  return {
    serviceAccount: account.email,
    oauthScopes: [...scopes],
    shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
    workloadMetadataConfig: { mode: 'GKE_METADATA' },
    metadata: { 'disable-legacy-endpoints': 'true' },
  };
}
