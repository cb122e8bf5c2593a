import type { Rule } from '../../types';
import { everyOf } from '../conditions';
import { isPublic, noStatement, writes } from '../policies';

export const bucketPolicyPublicRead: Rule = {
  id: 'TRC-DO-033',
  severity: 'medium',
  summary: "The bucket's policy lets everyone read its objects.",
  why: 'Whatever is put there is public at once.',
  remedy: 'Keep public files in a bucket of their own, and everything else in private ones.',
  link: 'https://docs.digitalocean.com/products/spaces/how-to/set-up-bucket-policy/',
  breaches: everyOf(
    ['digitalocean_spaces_bucket_policy'],
    noStatement('policy', (each) => isPublic(each) && !writes(each)),
  ),
};
