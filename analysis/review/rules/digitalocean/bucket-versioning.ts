import type { Rule } from '../../types';
import { everyOf, is } from '../conditions';

export const bucketVersioning: Rule = {
  id: 'TRC-DO-008',
  severity: 'medium',
  summary: 'The bucket keeps no versions.',
  why: 'An object that is overwritten or deleted, by a slip or by an intruder, is gone.',
  remedy: 'Set versioning { enabled = true }, with a lifecycle rule that lets old versions expire.',
  link: 'https://docs.digitalocean.com/products/spaces/how-to/enable-versioning/',
  checkov: ['CKV_DIO_1'],
  trivy: ['AVD-DIG-0007'],
  breaches: everyOf(['digitalocean_spaces_bucket'], is('versioning.enabled', true)),
};
