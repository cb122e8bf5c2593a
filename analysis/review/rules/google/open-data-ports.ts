import type { Rule } from '../../types';
import { everyOf } from '../conditions';
import { closed, dataPorts, openOnGoogle } from '../network';

export const openDataPortsOnGoogle: Rule = {
  id: 'TRC-GCP-010',
  severity: 'high',
  summary: 'The firewall lets the whole internet reach a port where data is served.',
  why: 'Databases and caches are found by scanners within hours; one weak password, and the data is gone.',
  remedy: 'Name the ranges, tags or service accounts that use it.',
  link: 'https://cloud.google.com/firewall/docs/firewalls',
  breaches: everyOf(['google_compute_firewall'], closed(openOnGoogle, dataPorts)),
};
