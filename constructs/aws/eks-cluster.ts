import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { EksAccessEntry } from '@cdktf/provider-aws/lib/eks-access-entry';
import { EksAccessPolicyAssociation } from '@cdktf/provider-aws/lib/eks-access-policy-association';
import { EksAddon } from '@cdktf/provider-aws/lib/eks-addon';
import { EksCluster as Cluster } from '@cdktf/provider-aws/lib/eks-cluster';
import type { EksNodeGroup } from '@cdktf/provider-aws/lib/eks-node-group';
import { EksPodIdentityAssociation } from '@cdktf/provider-aws/lib/eks-pod-identity-association';
import type { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { EncryptionKey } from './encryption-key';
import { nodeGroup, nodeRole, type NodeGroupInput, type NodePlan } from './eks-nodes';
import { allow } from './policy';
import type { Site } from './site';
import { accountOf, trustedRole, type Allowed } from './trusted-role';

/** What a service account of the cluster may do, without any key. */
export interface PodPermission {
  readonly id: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly statements: readonly Allowed[];
}

export interface EksClusterProps {
  readonly site: Site;
  /** Name in the account and region; it cannot be changed. */
  readonly name: string;
  /** Minor version of Kubernetes: `1.33`. */
  readonly version: string;
  /** Address ranges that reach the API from the internet; when empty, it is reached from the network only. */
  readonly publicCidrs: readonly string[];
  /** Days that control-plane logs are kept. */
  readonly logDays: number;
  /** Node groups: the first carries the system's own pods. */
  readonly nodes: readonly NodePlan[];
  /** @default - none */
  readonly podPermissions?: readonly PodPermission[];
}

/** Logs of the control plane: who asked for what, and what the scheduler decided. */
const logTypes = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];

/** Add-ons without which no node becomes ready. */
const addonsOfNodes = ['eks-pod-identity-agent', 'vpc-cni', 'kube-proxy'];

/**
 * What an add-on is told. Nothing enforces the network policies of the workloads unless the network add-on does (1.14 or later): without this
 * they are accepted and let everything through. Source: docs.aws.amazon.com/eks, cni-network-policy and cni-network-policy-configure, read on
 * 2026-11-22. A new pod is open until its policies are there (its standard mode).
 */
const configurationOf: Readonly<Record<string, Readonly<Record<string, string>>>> = { 'vpc-cni': { enableNetworkPolicy: 'true' } };

/** Add-ons that need a node to run on. */
const addonsOnNodes = ['coredns', 'metrics-server'];

/** Kubernetes run by AWS: control plane, node groups, add-ons, who may administer it, and what its pods may do. */
export class EksCluster extends Construct {
  readonly endpoint: string;
  /** Who signs the tokens of its pods, a URL: anyone may read the keys to check them with. */
  readonly issuer: string;
  /** In base64, as Kubernetes clients take it. */
  readonly caCertificate: string;
  readonly clusterName: string;
  /** ARN of the role that administers the cluster: whoever IAM lets take it. */
  readonly operatorRoleArn: string;
  readonly nodeGroups: readonly EksNodeGroup[];
  /** Id of the security group that nodes and control plane share. */
  readonly securityGroupId: string;
  private readonly cluster: Cluster;
  private readonly ground: Omit<NodeGroupInput, 'plan'>;
  private readonly name: string;

  constructor(scope: Construct, id: string, props: EksClusterProps) {
    super(scope, id);
    const cluster = controlPlane(this, props);
    this.clusterName = cluster.name;
    this.endpoint = cluster.endpoint;
    this.issuer = cluster.identity.get(0).oidc.get(0).issuer;
    this.caCertificate = cluster.certificateAuthority.get(0).data;
    this.securityGroupId = cluster.vpcConfig.clusterSecurityGroupId;
    this.operatorRoleArn = operator(this, cluster, props.name);
    const role = nodeRole(this, props.name);
    const subnetIds = props.site.network.private.map(({ subnetId }) => subnetId);
    const before = addonsOfNodes.map((name) => addon(this, cluster, name, []));
    this.cluster = cluster;
    this.name = props.name;
    this.ground = { cluster, role, subnetIds, after: [...before, ...props.site.network.ways] };
    this.nodeGroups = props.nodes.map((plan) => nodeGroup(this, { ...this.ground, plan }));
    for (const name of addonsOnNodes) addon(this, cluster, name, this.nodeGroups);
    storageDriver(this, cluster, props.name, this.nodeGroups);
    for (const permission of [autoscaler(props.name), ...(props.podPermissions ?? [])]) permit(this, cluster, props.name, permission);
  }

  /** Nodes that belong to another component of the tier. */
  addNodes(scope: Construct, plan: NodePlan): EksNodeGroup {
    return nodeGroup(scope, { ...this.ground, plan });
  }

  /** What pods of another component may do. */
  addPermission(scope: Construct, permission: PodPermission): void {
    permit(scope, this.cluster, this.name, permission);
  }
}

function controlPlane(scope: Construct, { site, name, version, publicCidrs, logDays }: EksClusterProps): Cluster {
  const key = new EncryptionKey(scope, 'key', { site, name, description: `Secrets in the cluster ${name}` });
  // Made before the cluster, which would make one itself that keeps everything for ever.
  const logs = new CloudwatchLogGroup(scope, 'logs', { name: `/aws/eks/${name}/cluster`, retentionInDays: logDays });
  const role = trustedRole(scope, 'role', {
    name: `${name}-control-plane`,
    trusted: { service: 'eks.amazonaws.com' },
    managedPolicies: ['AmazonEKSClusterPolicy'],
  });
  return new Cluster(scope, 'Resource', {
    name,
    version,
    roleArn: role.arn,
    enabledClusterLogTypes: logTypes,
    accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: true },
    // The add-ons below are managed; what a cluster brings of itself would be installed beside them.
    bootstrapSelfManagedAddons: false,
    encryptionConfig: { provider: { keyArn: key.arn }, resources: ['secrets'] },
    vpcConfig: {
      subnetIds: site.network.private.map(({ subnetId }) => subnetId),
      endpointPrivateAccess: true,
      endpointPublicAccess: publicCidrs.length > 0,
      ...(publicCidrs.length > 0 ? { publicAccessCidrs: [...publicCidrs] } : {}),
    },
    // A version that AWS no longer supports costs six times as much; it is upgraded instead.
    upgradePolicy: { supportType: 'STANDARD' },
    dependsOn: [logs],
  });
}

/** A role instead of persons: who may take it is decided in IAM, where it is also taken away. */
function operator(scope: Construct, cluster: Cluster, name: string): string {
  const role = trustedRole(scope, 'operator', { name: `${name}-operator`, trusted: { account: accountOf(cluster.roleArn) } });
  const entry = new EksAccessEntry(scope, 'operator_access', { clusterName: cluster.name, principalArn: role.arn });
  new EksAccessPolicyAssociation(scope, 'operator_access_policy', {
    clusterName: cluster.name,
    principalArn: entry.principalArn,
    policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
    accessScope: { type: 'cluster' },
  });
  return role.arn;
}

function addon(scope: Construct, cluster: Cluster, addonName: string, after: readonly TerraformResource[]): EksAddon {
  const configuration = configurationOf[addonName];
  return new EksAddon(scope, `addon_${addonName.replaceAll('-', '_')}`, {
    clusterName: cluster.name,
    addonName,
    resolveConflictsOnCreate: 'OVERWRITE',
    resolveConflictsOnUpdate: 'PRESERVE',
    ...(configuration === undefined ? {} : { configurationValues: JSON.stringify(configuration) }),
    ...(after.length === 0 ? {} : { dependsOn: [...after] }),
  });
}

/** Volumes for pods, which the cluster no longer makes by itself. */
function storageDriver(scope: Construct, cluster: Cluster, name: string, after: readonly EksNodeGroup[]): void {
  const role = trustedRole(scope, 'volumes', {
    name: `${name}-volumes`,
    trusted: { pods: true },
    managedPolicies: ['service-role/AmazonEBSCSIDriverPolicy'],
  });
  const identity = identify(scope, 'volumes_identity', cluster, role, {
    namespace: 'kube-system',
    serviceAccount: 'ebs-csi-controller-sa',
  });
  addon(scope, cluster, 'aws-ebs-csi-driver', [identity, ...after]);
}

/** What the cluster autoscaler may do: look everywhere, change this cluster's own groups. */
function autoscaler(name: string): PodPermission {
  const own = { StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${name}`]: 'owned' } };
  const look = [
    'autoscaling:DescribeAutoScalingGroups',
    'autoscaling:DescribeAutoScalingInstances',
    'autoscaling:DescribeScalingActivities',
    'autoscaling:DescribeTags',
    'ec2:DescribeInstanceTypes',
    'ec2:DescribeLaunchTemplateVersions',
    'eks:DescribeNodegroup',
  ];
  return {
    id: 'autoscaler',
    namespace: 'kube-system',
    serviceAccount: 'cluster-autoscaler',
    statements: [
      allow(look, ['*']),
      { ...allow(['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'], ['*']), Condition: own },
    ],
  };
}

function permit(scope: Construct, cluster: Cluster, name: string, permission: PodPermission): void {
  const role = trustedRole(scope, permission.id, {
    name: `${name}-${permission.id}`,
    trusted: { pods: true },
    statements: permission.statements,
  });
  identify(scope, `${permission.id}_identity`, cluster, role, permission);
}

function identify(
  scope: Construct,
  id: string,
  cluster: Cluster,
  role: IamRole,
  { namespace, serviceAccount }: Pick<PodPermission, 'namespace' | 'serviceAccount'>,
): EksPodIdentityAssociation {
  return new EksPodIdentityAssociation(scope, id, { clusterName: cluster.name, namespace, serviceAccount, roleArn: role.arn });
}
