import { AutoscalingGroup, type AutoscalingGroupConfig } from '@cdktf/provider-aws/lib/autoscaling-group';
import { AutoscalingPolicy } from '@cdktf/provider-aws/lib/autoscaling-policy';
import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Ec2CapacityReservation } from '@cdktf/provider-aws/lib/ec2-capacity-reservation';
import { Construct } from 'constructs';
import type { Place } from './private-network';
import type { SecurityGroup } from './security-group';
import type { ServerRole } from './server-role';
import { serverTemplate, type ServerTemplate } from './server-template';
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
  /** Public parameter of Systems Manager that names an image with drivers. */
  readonly image: string;
  readonly userData: string;
  readonly firewall: SecurityGroup;
  readonly role: ServerRole;
  readonly diskGib: number;
  readonly targetGroupArn: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Servers that are set up and stopped, their model on their disk, so that the next one answers within a minute. Not with spot or several types. @default - 0 */
  readonly warm?: number;
  /** Reserve the places of all servers in the first zone: paid for whether they run or not. One type only. @default - false */
  readonly reserved?: boolean;
}

/** Seconds until a new server has its model: five gigabytes and their digest. An assumption. */
const settlingSeconds = 900;

/** Servers with GPUs, of several types over several zones, because each is sold out somewhere at any time. */
export class GpuPool extends Construct {
  readonly groupNames: readonly string[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: GpuPoolProps,
  ) {
    super(scope, id);
    const template = serverTemplate(this, 'template', { ...props, ...this.reservation() });
    const first = this.group('Resource', props.name, template, props.count, this.options());
    this.groupNames = [first.name, ...(props.spot ? [this.fallback(template, first)] : [])];
  }

  private reservation(): { readonly reservationId?: string } {
    const { reserved, types, places, count, name } = this.props;
    const [type, zone] = [types[0], places[0]?.zone];
    if (reserved !== true || type === undefined || zone === undefined) return {};
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

  private options(): Partial<AutoscalingGroupConfig> {
    const { warm = 0, spot, types } = this.props;
    return warm === 0 || spot || types.length > 1
      ? {}
      : {
          warmPool: { minSize: warm, maxGroupPreparedCapacity: warm, poolState: 'Stopped', instanceReusePolicy: { reuseOnScaleIn: true } },
        };
  }

  private group(
    id: string,
    name: string,
    template: ServerTemplate,
    least: number,
    more: Partial<AutoscalingGroupConfig>,
  ): AutoscalingGroup {
    const { types, places, tags, targetGroupArn, count } = this.props;
    const spot = this.props.spot && id === 'Resource';
    const [only] = types;
    const specification = { launchTemplateId: template.id, version: template.version };
    return new AutoscalingGroup(this, id, {
      name,
      minSize: least,
      maxSize: count,
      vpcZoneIdentifier: places.map(({ subnetId }) => subnetId),
      mixedInstancesPolicy: {
        launchTemplate: { launchTemplateSpecification: specification, override: types.map((instanceType) => ({ instanceType })) },
        instancesDistribution: spot
          ? { onDemandBaseCapacity: 0, onDemandPercentageAboveBaseCapacity: 0, spotAllocationStrategy: 'capacity-optimized-prioritized' }
          : { onDemandAllocationStrategy: 'prioritized', onDemandBaseCapacity: 0, onDemandPercentageAboveBaseCapacity: 100 },
      },
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
      ...more,
    });
  }

  /** As many servers at the full price as the spot group lacks, and none as soon as it lacks none. */
  private fallback(template: ServerTemplate, spot: AutoscalingGroup): string {
    const name = `${this.props.name}-fallback`;
    const group = this.group('fallback', name, template, 0, {});
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
