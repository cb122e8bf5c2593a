import type { Rule } from '../../types';
import { everyOf, isNot } from '../conditions';

export const publicObject: Rule = {
  id: 'TRC-DO-034',
  severity: 'medium',
  summary: 'Everyone can read the object.',
  why: 'Its own setting overrides the privacy of the bucket, and a list of buckets does not show it.',
  remedy: 'Leave acl out.',
  link: 'https://docs.digitalocean.com/products/spaces/how-to/set-file-permissions/',
  breaches: everyOf(['digitalocean_spaces_bucket_object'], isNot('acl', 'public-read', 'public-read-write')),
};
