import { AutoscalingAttachment } from '@cdktf/provider-aws/lib/autoscaling-attachment';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { Lb } from '@cdktf/provider-aws/lib/lb';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { Construct } from 'constructs';
import { SecurityGroup } from './security-group';
import { named, type Site } from './site';

export interface NodeBalancerProps {
  readonly site: Site;
  readonly name: string;
  /** Where it is asked. */
  readonly port: number;
  /** Where every node answers. */
  readonly nodePort: number;
  /** Name of the group that the nodes come and go in, and what they share. */
  readonly nodes: { readonly groupName: string; readonly securityGroupId: string };
  /** Ranges of the networks that may ask, which are joined to this one. */
  readonly ranges: readonly string[];
}

/**
 * One private address for a TCP port of a cluster's nodes, for networks of other regions and clouds that a peering or a VPN joins to this
 * one. Its name is resolved everywhere, and leads to addresses of this network.
 */
export class NodeBalancer extends Construct {
  readonly host: string;
  readonly port: number;

  constructor(scope: Construct, id: string, props: NodeBalancerProps) {
    super(scope, id);
    const { site, name, port } = props;
    const firewall = new SecurityGroup(this, 'firewall', {
      site,
      name,
      description: 'Who may ask the nodes from other regions.',
      reachesOut: true,
    });
    firewall.open('regions', port, { from: 'ranges', cidrs: props.ranges });
    const balancer = new Lb(this, 'Resource', {
      loadBalancerType: 'network',
      internal: true,
      subnets: site.network.private.map(({ subnetId }) => subnetId),
      securityGroups: [firewall.groupId],
      // Those who ask are far away: a zone more makes no difference to them.
      enableCrossZoneLoadBalancing: true,
      enableDeletionProtection: false,
      ...named(name),
    });
    new LbListener(this, 'tcp', {
      loadBalancerArn: balancer.arn,
      port,
      protocol: 'TCP',
      defaultAction: [{ type: 'forward', targetGroupArn: targets(this, props) }],
      ...named(name),
    });
    admit(this, props, firewall.groupId);
    this.host = balancer.dnsName;
    this.port = port;
  }
}

/** Nodes come and go; the group that they belong to tells the balancer. */
function targets(scope: Construct, { site, name, nodePort, nodes }: NodeBalancerProps): string {
  const group = new LbTargetGroup(scope, 'targets', {
    vpcId: site.network.vpcId,
    port: nodePort,
    protocol: 'TCP',
    targetType: 'instance',
    // Nodes see the balancer, which they admit, and not who asks from another network.
    preserveClientIp: 'false',
    deregistrationDelay: '60',
    healthCheck: { protocol: 'TCP', interval: 10, healthyThreshold: 2, unhealthyThreshold: 2 },
    ...named(name),
  });
  new AutoscalingAttachment(scope, 'nodes', { autoscalingGroupName: nodes.groupName, lbTargetGroupArn: group.arn });
  return group.arn;
}

function admit(scope: Construct, { nodePort, nodes }: NodeBalancerProps, groupId: string): void {
  new VpcSecurityGroupIngressRule(scope, 'door', {
    securityGroupId: nodes.securityGroupId,
    description: `Port ${nodePort} for the balancer.`,
    ipProtocol: 'tcp',
    fromPort: nodePort,
    toPort: nodePort,
    referencedSecurityGroupId: groupId,
  });
}
