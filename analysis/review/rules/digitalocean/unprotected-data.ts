import type { Rule } from '../../types';
import { everyKept, kept } from '../conditions';

/** DigitalOcean has no deletion protection: `prevent_destroy` is all there is. Known from a configuration only. */
export const unprotectedData: Rule = {
  id: 'TRC-DO-044',
  severity: 'medium',
  summary: 'Nothing stops a plan from destroying this data.',
  why: 'DigitalOcean has no deletion protection, so that a changed name or region deletes it as soon as the plan is applied.',
  remedy: 'Set lifecycle { prevent_destroy = true }.',
  link: 'https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#prevent_destroy',
  breaches: everyKept(
    [
      'digitalocean_database_cluster',
      'digitalocean_volume',
      'digitalocean_spaces_bucket',
      'digitalocean_domain',
      'digitalocean_reserved_ip',
      'digitalocean_nfs',
    ],
    kept,
  ),
};
