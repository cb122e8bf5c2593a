import { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import { LbTargetGroupAttachment } from '@cdktf/provider-aws/lib/lb-target-group-attachment';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { Lb } from '@cdktf/provider-aws/lib/lb';
import { Construct } from 'constructs';
import { Certificate } from './certificate';
import { SecurityGroup } from './security-group';
import { named, type Site } from './site';
import { WebFirewall } from './web-firewall';
import type { Target, Zone } from './zone';

export interface BalancerProps {
  readonly site: Site;
  readonly zone: Zone;
  readonly domain: string;
  readonly name: string;
  /** Port on the servers. */
  readonly targetPort: number;
  readonly healthPath: string;
  /** What a healthy target answers. @default - '200' */
  readonly healthyCodes?: string;
  /** Id of the group of targets. What cannot become the other in place, servers and the nodes of a cluster, has groups of its own, so that both stand while one follows the other. @default 'targets' */
  readonly targetsId?: string;
  /** The balancer of another region, whose certificate is for the same domain. @default - none */
  readonly beside?: Balancer;
}

/** TLS 1.2 and 1.3 with forward secrecy only (Elastic Load Balancing, Security policies). */
const securityPolicy = 'ELBSecurityPolicy-TLS13-1-2-2021-06';

/**
 * An application load balancer: TLS ends here, plain HTTP is redirected, servers that fail their health check get nothing. AWS
 * makes it larger and smaller by itself. A web firewall stands before it.
 */
export class Balancer extends Construct {
  /** Where the domain points. */
  readonly entry: Target;
  /** Group that servers admit. */
  readonly groupId: string;
  /** Servers of this group get the requests. */
  readonly targetGroupArn: string;
  /** Under which its measurements are. */
  readonly metricName: string;
  /** Under which the measurements of its targets are. */
  readonly targetMetricName: string;
  readonly arn: string;
  private certificate: Certificate | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: BalancerProps,
  ) {
    super(scope, id);
    const firewall = new SecurityGroup(this, 'firewall', {
      site: props.site,
      name: props.name,
      description: 'Who may reach the load balancer.',
      reachesOut: true,
    });
    firewall.open('http', 80, { from: 'internet' });
    firewall.open('https', 443, { from: 'internet' });
    this.groupId = firewall.groupId;
    const balancer = this.balancer();
    const targets = this.targets();
    this.listen(balancer.arn, targets.arn);
    this.arn = balancer.arn;
    new WebFirewall(this, 'acl', { name: props.name, balancerArn: balancer.arn });
    this.entry = { kind: 'alias', host: balancer.dnsName, zoneId: balancer.zoneId };
    this.targetGroupArn = targets.arn;
    this.metricName = balancer.arnSuffix;
    this.targetMetricName = targets.arnSuffix;
  }

  /** Sends requests to a server. @param id its number within its group */
  attach(id: string, instanceId: string): void {
    new LbTargetGroupAttachment(this, `target_${id}`, { targetGroupArn: this.targetGroupArn, targetId: instanceId });
  }

  /** Without a name of ours: it may have 32 characters, which names of environments with their prefix exceed. */
  private balancer(): Lb {
    const { site, name } = this.props;
    return new Lb(this, 'Resource', {
      loadBalancerType: 'application',
      internal: false,
      subnets: site.network.public.map(({ subnetId }) => subnetId),
      securityGroups: [this.groupId],
      dropInvalidHeaderFields: true,
      enableDeletionProtection: !site.disposable,
      ...named(name),
    });
  }

  private targets(): LbTargetGroup {
    const { site, name, targetPort, healthPath } = this.props;
    return new LbTargetGroup(this, this.props.targetsId ?? 'targets', {
      vpcId: site.network.vpcId,
      port: targetPort,
      protocol: 'HTTP',
      targetType: 'instance',
      deregistrationDelay: '30',
      healthCheck: {
        path: healthPath,
        protocol: 'HTTP',
        interval: 10,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
        matcher: this.props.healthyCodes ?? '200',
      },
      ...named(name),
    });
  }

  private listen(loadBalancerArn: string, targetGroupArn: string): void {
    const { zone, domain, name } = this.props;
    const proof = this.props.beside?.certificate;
    const certificate = new Certificate(this, 'certificate', { zone, domain, ...(proof === undefined ? {} : { provenBy: proof }) });
    this.certificate = certificate;
    new LbListener(this, 'https', {
      loadBalancerArn,
      port: 443,
      protocol: 'HTTPS',
      sslPolicy: securityPolicy,
      certificateArn: certificate.arn,
      defaultAction: [{ type: 'forward', targetGroupArn }],
      ...named(name),
    });
    new LbListener(this, 'http', {
      loadBalancerArn,
      port: 80,
      protocol: 'HTTP',
      defaultAction: [{ type: 'redirect', redirect: { port: '443', protocol: 'HTTPS', statusCode: 'HTTP_301' } }],
      ...named(name),
    });
  }
}
