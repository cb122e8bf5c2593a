import type { Rule } from '../../types';
import { anyOf, everyOf, not, stated } from '../conditions';

export const cdnCertificate: Rule = {
  id: 'TRC-DO-031',
  severity: 'medium',
  summary: 'The CDN serves its own domain without a certificate.',
  why: 'Browsers refuse the address, or load scripts that anyone on the way can change.',
  remedy: 'Set certificate_name to a certificate for custom_domain.',
  link: 'https://docs.digitalocean.com/products/spaces/how-to/customize-cdn-endpoint/',
  breaches: everyOf(['digitalocean_cdn'], anyOf(not(stated('custom_domain')), stated('certificate_name'), stated('certificate_id'))),
};
