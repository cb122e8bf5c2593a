import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group';
import { AutoscalingPolicy } from '@cdktf/provider-aws/lib/autoscaling-policy';
import { Construct } from 'constructs';
import type { SecurityGroup } from './security-group';
import type { ServerRole } from './server-role';
import { serverTemplate, type ServerImage } from './server-template';
import type { Site } from './site';

export interface AutoscaledServersProps {
  readonly site: Site;
  /** Name of the group, and of its members. */
  readonly name: string;
  /** Instance type. */
  readonly size: string;
  readonly image: ServerImage;
  /** The bootstrap text that all members share. */
  readonly userData: string;
  readonly least: number;
  readonly most: number;
  readonly firewall: SecurityGroup;
  readonly role: ServerRole;
  readonly diskGib: number;
  /** Target group whose health check decides whether a member stays. */
  readonly targetGroupArn: string;
  /** Tags of every member; those of the provider do not reach what a group starts by itself. */
  readonly tags: Readonly<Record<string, string>>;
}

/** CPU in use that the group keeps to, in percent: a member more is there before three quarters of the limit, at which to act, are passed. */
const targetCpuPercent = 60;

/** Seconds until a new member has what it needs to be asked for its health: packages, images, its first release. An assumption. */
const settlingSeconds = 600;

/** Equal EC2 instances in private subnets that come and go with the load. They hold nothing; releases reach them by the configuration channel. */
export class AutoscaledServers extends Construct {
  readonly groupName: string;

  constructor(scope: Construct, id: string, props: AutoscaledServersProps) {
    super(scope, id);
    const template = serverTemplate(this, 'template', props);
    const group = new AutoscalingGroup(this, 'Resource', {
      name: props.name,
      minSize: props.least,
      maxSize: props.most,
      vpcZoneIdentifier: props.site.network.private.map(({ subnetId }) => subnetId),
      launchTemplate: { id: template.id, version: template.version },
      targetGroupArns: [props.targetGroupArn],
      healthCheckType: 'ELB',
      healthCheckGracePeriod: settlingSeconds,
      defaultInstanceWarmup: settlingSeconds,
      // A sick member is replaced by one that is there before it goes.
      instanceMaintenancePolicy: { minHealthyPercentage: 100, maxHealthyPercentage: 150 },
      // The first release reaches members after the group stands; what fails then is told by the balancer's alarms, not by a deploy that hangs.
      waitForCapacityTimeout: '0',
      dependsOn: [...props.site.network.ways],
      tag: Object.entries(props.tags).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
    });
    this.groupName = group.name;
    new AutoscalingPolicy(this, 'load', {
      name: `${props.name}-load`,
      autoscalingGroupName: group.name,
      policyType: 'TargetTrackingScaling',
      targetTrackingConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: 'ASGAverageCPUUtilization' },
        targetValue: targetCpuPercent,
      },
    });
  }
}
