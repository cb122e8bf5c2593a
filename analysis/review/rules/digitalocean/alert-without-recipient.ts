import type { Rule } from '../../types';
import { allOf, anyOf, everyOf, isNot, stated } from '../conditions';

export const alertWithoutRecipient: Rule = {
  id: 'TRC-DO-039',
  severity: 'low',
  summary: 'The alert reaches nobody.',
  why: 'It is off, or has no address to go to.',
  remedy: 'Set enabled = true and an address or a Slack channel.',
  link: 'https://docs.digitalocean.com/products/monitoring/how-to/set-up-alerts/',
  breaches: everyOf(
    ['digitalocean_monitor_alert', 'digitalocean_uptime_alert'],
    allOf(
      isNot('enabled', false),
      anyOf(...['alerts', 'notifications'].flatMap((block) => [stated(`${block}.email`), stated(`${block}.slack`)])),
    ),
  ),
};
