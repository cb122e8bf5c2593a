import type { Rule } from '../../types';
import { everyOf, isNot } from '../conditions';

export const keyToEveryBucket: Rule = {
  id: 'TRC-DO-035',
  severity: 'medium',
  summary: 'The Spaces key opens every bucket of the account.',
  why: 'A server that is broken into gives away the backups and the state too.',
  remedy: 'Grant read, write or readwrite on single buckets.',
  link: 'https://docs.digitalocean.com/products/spaces/how-to/manage-access/',
  breaches: everyOf(['digitalocean_spaces_key'], isNot('grant.permission', 'fullaccess')),
};
