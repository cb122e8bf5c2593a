import { Lb } from '@cdktf/provider-aws/lib/lb';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import { LbTargetGroupAttachment } from '@cdktf/provider-aws/lib/lb-target-group-attachment';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { Construct } from 'constructs';
import { SecurityGroup } from './security-group';
import { named, type Site } from './site';

export interface PrivateBalancerProps {
  readonly site: Site;
  readonly name: string;
  /** Port of the balancer and of the servers. */
  readonly port: number;
  readonly healthPath: string;
  /** How long an answer may take to begin or to go on, in seconds. AWS allows 1 to 4,000. */
  readonly idleSeconds: number;
  /** Security groups whose members may ask, by role. */
  readonly trusted: Readonly<Record<string, string>>;
}

/** One address within the private network for a group of servers; those that fail their health check get nothing. */
export class PrivateBalancer extends Construct {
  readonly address: string;
  /** Group that the servers admit. */
  readonly groupId: string;
  readonly targetGroupArn: string;
  /** Under which its measurements are, and those of its targets. */
  readonly metricName: string;
  readonly targetMetricName: string;

  constructor(scope: Construct, id: string, props: PrivateBalancerProps) {
    super(scope, id);
    const { site, name, port } = props;
    const firewall = new SecurityGroup(this, 'firewall', {
      site,
      name,
      description: 'Who may ask through the private balancer.',
      reachesOut: true,
    });
    for (const [role, groupId] of Object.entries(props.trusted)) firewall.open(role, port, { from: 'group', groupId });
    this.groupId = firewall.groupId;
    const balancer = new Lb(this, 'Resource', {
      loadBalancerType: 'application',
      internal: true,
      subnets: site.network.private.map(({ subnetId }) => subnetId),
      securityGroups: [firewall.groupId],
      dropInvalidHeaderFields: true,
      idleTimeout: props.idleSeconds,
      enableDeletionProtection: false,
      ...named(name),
    });
    const targets = new LbTargetGroup(this, 'targets', {
      vpcId: site.network.vpcId,
      port,
      protocol: 'HTTP',
      targetType: 'instance',
      // A server that is busy with a long answer gets no more requests.
      loadBalancingAlgorithmType: 'least_outstanding_requests',
      deregistrationDelay: '60',
      healthCheck: {
        path: props.healthPath,
        protocol: 'HTTP',
        interval: 10,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
        matcher: '200',
      },
      ...named(name),
    });
    // Within the network and between security groups that name each other: TLS would need a certificate for a private name.
    new LbListener(this, 'http', {
      loadBalancerArn: balancer.arn,
      port,
      protocol: 'HTTP',
      defaultAction: [{ type: 'forward', targetGroupArn: targets.arn }],
      ...named(name),
    });
    this.address = balancer.dnsName;
    this.targetGroupArn = targets.arn;
    this.metricName = balancer.arnSuffix;
    this.targetMetricName = targets.arnSuffix;
  }

  /** Sends requests to a server. @param id its number within its group */
  attach(id: string, instanceId: string): void {
    new LbTargetGroupAttachment(this, `target_${id}`, { targetGroupArn: this.targetGroupArn, targetId: instanceId });
  }
}
