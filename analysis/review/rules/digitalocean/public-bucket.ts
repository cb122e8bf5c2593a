import type { Rule } from '../../types';
import { everyOf, isNot } from '../conditions';

export const publicBucket: Rule = {
  id: 'TRC-DO-007',
  severity: 'high',
  summary: 'Everyone can list and read the bucket.',
  why: 'Whatever is ever put there is public, backups and uploads included.',
  remedy: 'Set acl = "private"; serve public files through a policy on their own bucket, or signed links.',
  link: 'https://docs.digitalocean.com/products/spaces/how-to/set-file-permissions/',
  checkov: ['CKV_DIO_3'],
  trivy: ['AVD-DIG-0006'],
  breaches: everyOf(['digitalocean_spaces_bucket'], isNot('acl', 'public-read', 'public-read-write')),
};
