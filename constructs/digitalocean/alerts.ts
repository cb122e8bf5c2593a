import { MonitorAlert } from '@cdktf/provider-digitalocean/lib/monitor-alert';
import { UptimeAlert } from '@cdktf/provider-digitalocean/lib/uptime-alert';
import { UptimeCheck } from '@cdktf/provider-digitalocean/lib/uptime-check';
import { Construct } from 'constructs';
import type { Site } from './site';

export interface AlertsProps {
  readonly site: Site;
  /** Tags of the server groups that are watched. */
  readonly serverTags: readonly string[];
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

/** Alerts on the servers and a check of the public address. Without anyone to tell, only the check is made. */
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
    for (const { id: name, type, what } of watched) {
      new MonitorAlert(this, name, {
        type,
        compare: 'GreaterThan',
        value: props.thresholdPercent,
        window: '10m',
        enabled: true,
        tags: [...props.serverTags],
        description: `${props.site.prefix}: ${what} above ${props.thresholdPercent} % for ten minutes`,
        alerts: { email },
      });
    }
    new UptimeAlert(this, 'down', {
      name: `${props.site.prefix}-down`,
      checkId: check.id,
      type: 'down',
      period: '2m',
      notifications: [{ email }],
    });
  }
}
