import type { Rule } from '../../types';
import { everyOf, has, stated, when } from '../conditions';

export const versionsWithoutEnd: Rule = {
  id: 'TRC-DO-037',
  severity: 'low',
  summary: 'The bucket keeps every old version for ever.',
  why: 'It grows with each change, and so does the bill; data that had to be deleted is still there.',
  remedy: 'Add a lifecycle_rule with noncurrent_version_expiration.',
  link: 'https://docs.digitalocean.com/products/spaces/how-to/configure-lifecycle-rules/',
  breaches: everyOf(
    ['digitalocean_spaces_bucket'],
    when(has('versioning.enabled', true), stated('lifecycle_rule.noncurrent_version_expiration.days')),
  ),
};
