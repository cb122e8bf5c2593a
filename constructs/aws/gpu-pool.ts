import { AutoscalingGroup, type AutoscalingGroupConfig } from '@cdktf/provider-aws/lib/autoscaling-group';
import { AutoscalingPolicy } from '@cdktf/provider-aws/lib/autoscaling-policy';
import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Ec2CapacityReservation } from '@cdktf/provider-aws/lib/ec2-capacity-reservation';
import { Construct } from 'constructs';
import type { Place } from './private-network';
import type { SecurityGroup } from './security-group';
import type { ServerRole } from './server-role';
import { serverTemplate, type ServerImage, type ServerTemplate } from './server-template';
import { named, type Site } from './site';

export interface GpuPoolProps {
  readonly site: Site;
  readonly name: string;
  /** Instance types that will do, best first. */
  readonly types: readonly string[];
  /** Where at least one of the types is sold. */
  readonly places: readonly Place[];
  readonly count: number;
  /** Whether servers that AWS may take back are asked for first. Those that cannot be had are made up for by others at the full price. */
  readonly spot: boolean;
  /** With drivers. */
  readonly image: ServerImage;
  readonly userData: string;
  readonly firewall: SecurityGroup;
  readonly role: ServerRole;
  readonly diskGib: number;
  readonly targetGroupArn: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Servers that are set up and stopped, their model on their disk, so that the next one answers within a minute. Not with spot or several types. @default - 0 */
  readonly warm?: number;
  /** Places of all servers, paid for whether they run or not: reserved in the first zone, or those of a reservation with this id. One type only. @default - none */
  readonly reservation?: 'new' | { readonly id: string };
}

/** Seconds until a new server has its model: five gigabytes and their digest. An assumption. */
const settlingSeconds = 900;

/** Servers with GPUs, of several types over several zones, because each is sold out somewhere at any time. */
export class GpuPool extends Construct {
  readonly groupNames: readonly string[];
  /** The type, where there is one only and nobody takes it back. */
  private readonly alone: string | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: GpuPoolProps,
  ) {
    super(scope, id);
    const [only, ...others] = props.types;
    this.alone = others.length === 0 && !props.spot ? only : undefined;
    const size = this.isWarm() && this.alone !== undefined ? { size: this.alone } : {};
    const template = serverTemplate(this, 'template', { ...props, ...size, ...this.reservation() });
    const first = this.group('Resource', props.name, template, props.count);
    this.groupNames = [first.name, ...(props.spot ? [this.fallback(template, first)] : [])];
  }

  private reservation(): { readonly reservationId?: string } {
    const { reservation: asked, places, count, name } = this.props;
    const [type, zone] = [this.alone, places[0]?.zone];
    if (asked === undefined || type === undefined || zone === undefined) return {};
    if (asked !== 'new') return { reservationId: asked.id };
    const reservation = new Ec2CapacityReservation(this, 'reservation', {
      instanceType: type,
      instancePlatform: 'Linux/UNIX',
      availabilityZone: zone,
      instanceCount: count,
      instanceMatchCriteria: 'targeted',
      ...named(name),
    });
    return { reservationId: reservation.id };
  }

  private isWarm(): boolean {
    return (this.props.warm ?? 0) > 0 && this.alone !== undefined;
  }

  /** A group of mixed types has no warm pool (EC2 Auto Scaling user guide, Limitations for warm pools, recalled 2026-11-22). */
  private warmed({ id, version }: ServerTemplate): Partial<AutoscalingGroupConfig> {
    const { warm = 0, count } = this.props;
    return {
      launchTemplate: { id, version },
      // Those that run, and those that wait.
      warmPool: {
        minSize: warm,
        maxGroupPreparedCapacity: count + warm,
        poolState: 'Stopped',
        instanceReusePolicy: { reuseOnScaleIn: true },
      },
    };
  }

  private mixed({ id, version }: ServerTemplate, spot: boolean): Partial<AutoscalingGroupConfig> {
    const override = this.props.types.map((instanceType) => ({ instanceType }));
    return {
      mixedInstancesPolicy: {
        launchTemplate: { launchTemplateSpecification: { launchTemplateId: id, version }, override },
        instancesDistribution: spot
          ? { onDemandBaseCapacity: 0, onDemandPercentageAboveBaseCapacity: 0, spotAllocationStrategy: 'capacity-optimized-prioritized' }
          : { onDemandAllocationStrategy: 'prioritized', onDemandBaseCapacity: 0, onDemandPercentageAboveBaseCapacity: 100 },
      },
    };
  }

  /** A reservation lies in one zone, and a server elsewhere could not take from it. */
  private subnets(): readonly string[] {
    const places = this.props.reservation === 'new' && this.alone !== undefined ? this.props.places.slice(0, 1) : this.props.places;
    return places.map(({ subnetId }) => subnetId);
  }

  private group(id: string, name: string, template: ServerTemplate, least: number): AutoscalingGroup {
    const { types, tags, targetGroupArn, count } = this.props;
    const spot = this.props.spot && id === 'Resource';
    const [only] = types;
    return new AutoscalingGroup(this, id, {
      name,
      minSize: least,
      maxSize: count,
      vpcZoneIdentifier: [...this.subnets()],
      ...(this.isWarm() ? this.warmed(template) : this.mixed(template, spot)),
      capacityRebalance: spot,
      targetGroupArns: [targetGroupArn],
      healthCheckType: 'ELB',
      healthCheckGracePeriod: settlingSeconds,
      defaultInstanceWarmup: settlingSeconds,
      enabledMetrics: ['GroupDesiredCapacity', 'GroupInServiceInstances'],
      metricsGranularity: '1Minute',
      waitForCapacityTimeout: '0',
      dependsOn: [...this.props.site.network.ways],
      tag: Object.entries({ ...tags, 'terrace:first-type': only ?? '' }).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
    });
  }

  /** As many servers at the full price as the spot group lacks, and none as soon as it lacks none. */
  private fallback(template: ServerTemplate, spot: AutoscalingGroup): string {
    const name = `${this.props.name}-fallback`;
    const group = this.group('fallback', name, template, 0);
    this.when('missing', group, spot, { comparisonOperator: 'GreaterThanThreshold', adjustment: 1 });
    this.when('enough', group, spot, { comparisonOperator: 'LessThanOrEqualToThreshold', adjustment: -1 });
    return group.name;
  }

  private when(
    id: string,
    group: AutoscalingGroup,
    spot: AutoscalingGroup,
    rule: { readonly comparisonOperator: string; readonly adjustment: number },
  ): void {
    const bound = rule.adjustment > 0 ? { metricIntervalLowerBound: '0' } : { metricIntervalUpperBound: '0' };
    const policy = new AutoscalingPolicy(this, `fallback_${id}`, {
      name: `${this.props.name}-${id}`,
      autoscalingGroupName: group.name,
      policyType: 'StepScaling',
      adjustmentType: 'ChangeInCapacity',
      stepAdjustment: [{ scalingAdjustment: rule.adjustment, ...bound }],
    });
    new CloudwatchMetricAlarm(this, `fallback_${id}_alarm`, {
      alarmName: `${this.props.name}-${id}`,
      alarmDescription: 'Servers that the spot group asks for and does not have.',
      comparisonOperator: rule.comparisonOperator,
      threshold: 0,
      evaluationPeriods: 5,
      metricQuery: [
        { id: 'lacking', expression: 'wanted - running', label: 'lacking', returnData: true },
        { id: 'wanted', metric: groupMetric('GroupDesiredCapacity', spot.name) },
        { id: 'running', metric: groupMetric('GroupInServiceInstances', spot.name) },
      ],
      alarmActions: [policy.arn],
      ...named(`${this.props.name}-${id}`),
    });
  }
}

function groupMetric(metricName: string, group: string) {
  return { namespace: 'AWS/AutoScaling', metricName, period: 60, stat: 'Average', dimensions: { AutoScalingGroupName: group } };
}
