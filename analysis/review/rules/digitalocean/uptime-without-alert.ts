import type { Rule } from '../../types';
import { companion, everyKept } from '../conditions';

export const uptimeWithoutAlert: Rule = {
  id: 'TRC-DO-040',
  severity: 'low',
  summary: 'The uptime check tells nobody.',
  why: 'A check without an alert is a chart that is read after the outage.',
  remedy: 'Add a digitalocean_uptime_alert with its check_id.',
  link: 'https://docs.digitalocean.com/products/uptime/how-to/manage-uptime-checks/',
  breaches: everyKept(['digitalocean_uptime_check'], companion(['digitalocean_uptime_alert'], 'check_id')),
};
