import { MonitorAlert } from '@cdktf/provider-digitalocean/lib/monitor-alert';
import { UptimeAlert } from '@cdktf/provider-digitalocean/lib/uptime-alert';
import { UptimeCheck } from '@cdktf/provider-digitalocean/lib/uptime-check';
import { Construct } from 'constructs';
import type { Site } from './site';

/** A managed database or a balancer that raises an alert while a measurement lies above a bound. */
export interface Watch {
  /** Part of the alert's address: `database_g1_disk`. */
  readonly id: string;
  /** Completes "<environment>: ...". */
  readonly what: string;
  /** Of the kinds that the API knows: `v1/dbaas/alerts/disk_utilization_alerts`. */
  readonly type: string;
  /** Id of what is watched. */
  readonly entity: string;
  readonly above: number;
}

export interface AlertsProps {
  readonly site: Site;
  /** Tags of the server groups that are watched. */
  readonly serverTags: readonly string[];
  /** What has no tag that an alert could name. @default - nothing */
  readonly watches?: readonly Watch[];
  /** Public address that the uptime check asks. */
  readonly target: string;
  /** Share of 100 above which a server raises an alert. */
  readonly thresholdPercent: number;
  /** Who is told. DigitalOcean accepts verified addresses of the team's members. */
  readonly emails: readonly string[];
}

const watched = [
  { id: 'cpu', type: 'v1/insights/droplet/cpu', what: 'CPU' },
  { id: 'memory', type: 'v1/insights/droplet/memory_utilization_percent', what: 'memory' },
  { id: 'disk', type: 'v1/insights/droplet/disk_utilization_percent', what: 'disk' },
] as const;

/** Alerts on servers, managed databases and balancers, and a check of the public address. Without anyone to tell, only the check is made. */
export class Alerts extends Construct {
  constructor(scope: Construct, id: string, props: AlertsProps) {
    super(scope, id);
    const check = new UptimeCheck(this, 'uptime', {
      name: `${props.site.prefix}-uptime`,
      target: props.target,
      type: 'https',
      regions: ['eu_west', 'us_east'],
    });
    if (props.emails.length === 0) return;
    const email = [...props.emails];
    const common = { compare: 'GreaterThan', window: '10m', enabled: true, alerts: { email } };
    for (const { id: name, type, what } of watched) {
      new MonitorAlert(this, name, {
        ...common,
        type,
        value: props.thresholdPercent,
        tags: [...props.serverTags],
        description: `${props.site.prefix}: ${what} above ${props.thresholdPercent} % for ten minutes`,
      });
    }
    for (const { id: name, type, what, entity, above } of props.watches ?? [])
      new MonitorAlert(this, name, { ...common, type, value: above, entities: [entity], description: `${props.site.prefix}: ${what}` });
    new UptimeAlert(this, 'down', {
      name: `${props.site.prefix}-down`,
      checkId: check.id,
      type: 'down',
      period: '2m',
      notifications: [{ email }],
    });
  }
}
