import type { Rule } from '../../types';
import { everyKept, has, somewhere } from '../conditions';

export const serversWithoutAlerts: Rule = {
  id: 'TRC-DO-041',
  severity: 'low',
  summary: 'No alert watches the disk of any server.',
  why: 'A full disk stops a database, and is known days before.',
  remedy: 'Add a digitalocean_monitor_alert on v1/insights/droplet/disk_utilization_percent.',
  link: 'https://docs.digitalocean.com/products/monitoring/how-to/set-up-alerts/',
  breaches: everyKept(
    ['digitalocean_droplet', 'digitalocean_droplet_autoscale'],
    somewhere(['digitalocean_monitor_alert'], has('type', 'v1/insights/droplet/disk_utilization_percent')),
  ),
};
