import type { ITerraformDependable } from 'cdktf';
import type { EksCluster } from '@cdktf/provider-aws/lib/eks-cluster';
import { EksNodeGroup } from '@cdktf/provider-aws/lib/eks-node-group';
import type { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template';
import type { Construct } from 'constructs';
import { poolLabel } from '../kubernetes/flavour';
import { trustedRole } from './trusted-role';

/** A group of equal nodes. */
export interface NodePlan {
  /** Name within the cluster: `app`, `gpu`. */
  readonly name: string;
  /** Instance types that will do, best first. Of one size: the scheduler reckons with the first. */
  readonly instanceTypes: readonly string[];
  readonly min: number;
  readonly max: number;
  readonly diskGib: number;
  /** Nodes with GPUs: the image with drivers, and a taint that keeps other pods off. */
  readonly gpu: boolean;
  /** Nodes that AWS may take back at two minutes' notice. */
  readonly spot: boolean;
  /** Whether only pods that name the group come here. @default - false */
  readonly reserved?: boolean;
  /** Subnets of zones that sell any of the types. @default - those of all zones */
  readonly subnetIds?: readonly string[];
}

/** The taint of GPU nodes, which NVIDIA's device plug-in and the tolerations of inference pods name. */
export const gpuTaint = { key: 'nvidia.com/gpu', value: 'true', effect: 'NO_SCHEDULE' } as const;

/** What nodes may do: join, pull images, be reached by Systems Manager instead of SSH. */
export function nodeRole(scope: Construct, cluster: string): IamRole {
  return trustedRole(scope, 'node', {
    name: `${cluster}-node`,
    trusted: { service: 'ec2.amazonaws.com' },
    managedPolicies: [
      'AmazonEKSWorkerNodePolicy',
      'AmazonEKS_CNI_Policy',
      'AmazonEC2ContainerRegistryPullOnly',
      'AmazonSSMManagedInstanceCore',
    ],
  });
}

/** A group, and where it stands. */
export interface NodeGroupInput {
  readonly cluster: EksCluster;
  readonly role: IamRole;
  readonly subnetIds: readonly string[];
  readonly plan: NodePlan;
  /** What a node needs in order to become ready. */
  readonly after: readonly ITerraformDependable[];
}

export function nodeGroup(scope: Construct, { cluster, role, subnetIds, plan, after }: NodeGroupInput): EksNodeGroup {
  const template = nodeTemplate(scope, plan);
  return new EksNodeGroup(scope, `nodes_${plan.name}`, {
    clusterName: cluster.name,
    nodeGroupName: plan.name,
    nodeRoleArn: role.arn,
    subnetIds: [...(plan.subnetIds ?? subnetIds)],
    amiType: plan.gpu ? 'AL2023_x86_64_NVIDIA' : 'AL2023_x86_64_STANDARD',
    capacityType: plan.spot ? 'SPOT' : 'ON_DEMAND',
    instanceTypes: [...plan.instanceTypes],
    launchTemplate: { id: template.id, version: `\${${template.fqn}.latest_version}` },
    scalingConfig: { minSize: plan.min, maxSize: plan.max, desiredSize: plan.min },
    updateConfig: { maxUnavailablePercentage: 33 },
    nodeRepairConfig: { enabled: true },
    labels: { [poolLabel]: plan.name },
    ...taintsOf(plan),
    // The autoscaler moves it; a deploy must not move it back.
    lifecycle: { ignoreChanges: ['scaling_config[0].desired_size'] },
    dependsOn: [...after],
  });
}

function taintsOf({ name, gpu, reserved }: NodePlan) {
  const taint = [...(gpu ? [gpuTaint] : []), ...(reserved === true ? [{ key: poolLabel, value: name, effect: 'NO_SCHEDULE' }] : [])];
  return taint.length === 0 ? {} : { taint };
}

/** The image comes from the group's kind. Pods reach no metadata: what they may do, pod identity says. */
function nodeTemplate(scope: Construct, plan: NodePlan): LaunchTemplate {
  return new LaunchTemplate(scope, `nodes_${plan.name}_template`, {
    metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1, httpEndpoint: 'enabled' },
    blockDeviceMappings: [
      { deviceName: '/dev/xvda', ebs: { volumeSize: plan.diskGib, volumeType: 'gp3', encrypted: 'true', deleteOnTermination: 'true' } },
    ],
    monitoring: { enabled: true },
  });
}
