import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Route53HealthCheck } from '@cdktf/provider-aws/lib/route53-health-check';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { inGlobalRegion, named, type Site } from './site';

/** A measurement that raises an alarm while it lies on the wrong side of a bound. */
export interface Watch {
  /** Part of the alarm's address and name: `app_1_cpu`. */
  readonly id: string;
  /** Completes "<environment>: ...". */
  readonly what: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: 'Average' | 'Maximum' | 'Minimum' | 'Sum';
  readonly bound: { readonly above: number } | { readonly below: number };
  /** Whether no measurement at all is alarming too. @default - false */
  readonly missingIsBad?: boolean;
  /** Where it is measured: an alarm tells a topic of its own region. @default - at home */
  readonly region?: WatchedRegion;
}

/** A further region: the provider's configuration for it, and what its addresses end in. */
export interface WatchedRegion {
  readonly provider: TerraformProvider;
  /** `_us_west_2` */
  readonly suffix: string;
}

export interface AlertsProps {
  readonly site: Site;
  readonly watches: readonly Watch[];
  readonly domain: string;
  readonly healthPath: string;
  /** Who is told. Each has to confirm by a link that AWS sends. */
  readonly emails: readonly string[];
}

/** A check of the public address from several continents, and alarms. Without anyone to tell, only the check is made. */
export class Alerts extends Construct {
  constructor(scope: Construct, id: string, props: AlertsProps) {
    super(scope, id);
    const check = new Route53HealthCheck(this, 'uptime', {
      type: 'HTTPS',
      fqdn: props.domain,
      port: 443,
      resourcePath: props.healthPath,
      requestInterval: 30,
      failureThreshold: 3,
      measureLatency: false,
      ...named(`${props.site.prefix}-uptime`),
    });
    if (props.emails.length === 0) return;
    const topic = this.topic('topic', props, undefined);
    const topics = new Map<string, string>();
    for (const watch of props.watches)
      this.alarm(watch, watch.region === undefined ? topic : this.topicIn(watch.region, props, topics), props, watch.region?.provider);
    // Route 53 reports from one region only, and an alarm tells a topic of its own region.
    const { provider } = inGlobalRegion(props.site);
    this.alarm(down(check.id), provider === undefined ? topic : this.topic('global_topic', props, provider), props, provider);
  }

  /** The topic of a further region, made when the first of its alarms asks. Its name is its own: the region may be the global one too. */
  private topicIn({ provider, suffix }: WatchedRegion, props: AlertsProps, made: Map<string, string>): string {
    const topic = made.get(suffix) ?? this.topic(`topic${suffix}`, props, provider, suffix.replaceAll('_', '-'));
    made.set(suffix, topic);
    return topic;
  }

  private topic(id: string, { site, emails }: AlertsProps, provider: TerraformProvider | undefined, ending = ''): string {
    const placed = provider === undefined ? {} : { provider };
    const name = `${site.prefix}-alerts${ending}`;
    const topic = new SnsTopic(this, id, { ...placed, name, ...named(name) });
    for (const email of emails)
      new SnsTopicSubscription(this, `${id}_${addressable(email)}`, { ...placed, topicArn: topic.arn, protocol: 'email', endpoint: email });
    return topic.arn;
  }

  private alarm(watch: Watch, topicArn: string, { site }: AlertsProps, provider: TerraformProvider | undefined): void {
    const name = `${site.prefix}-${watch.id.replaceAll('_', '-')}`;
    const bad =
      'above' in watch.bound
        ? { comparisonOperator: 'GreaterThanThreshold', threshold: watch.bound.above }
        : { comparisonOperator: 'LessThanThreshold', threshold: watch.bound.below };
    new CloudwatchMetricAlarm(this, watch.id, {
      ...(provider === undefined ? {} : { provider }),
      alarmName: name,
      alarmDescription: `${site.prefix}: ${watch.what}`,
      namespace: watch.namespace,
      metricName: watch.metric,
      dimensions: { ...watch.dimensions },
      statistic: watch.statistic,
      period: 300,
      evaluationPeriods: 2,
      ...bad,
      treatMissingData: watch.missingIsBad === true ? 'breaching' : 'notBreaching',
      alarmActions: [topicArn],
      okActions: [topicArn],
      ...named(name),
    });
  }
}

function down(healthCheckId: string): Watch {
  return {
    id: 'down',
    what: 'the public address does not answer',
    namespace: 'AWS/Route53',
    metric: 'HealthCheckStatus',
    dimensions: { HealthCheckId: healthCheckId },
    statistic: 'Minimum',
    bound: { below: 1 },
    missingIsBad: true,
  };
}

/** An e-mail address as part of a resource's address: two that differ stay different. */
function addressable(email: string): string {
  return email
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, (character) => (character === '@' ? '_at_' : character === '.' ? '_' : `_${character.charCodeAt(0)}_`));
}
