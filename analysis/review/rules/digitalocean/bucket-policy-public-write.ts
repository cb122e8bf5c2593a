import type { Rule } from '../../types';
import { everyOf } from '../conditions';
import { isPublic, noStatement, writes } from '../policies';

export const bucketPolicyPublicWrite: Rule = {
  id: 'TRC-DO-032',
  severity: 'high',
  summary: "The bucket's policy lets everyone do more than read single objects.",
  why: 'Strangers can list, overwrite or delete what lies in it.',
  remedy: 'Name the actions and who may do them; everyone may at most s3:GetObject.',
  link: 'https://docs.digitalocean.com/products/spaces/how-to/set-up-bucket-policy/',
  breaches: everyOf(
    ['digitalocean_spaces_bucket_policy'],
    noStatement('policy', (each) => isPublic(each) && writes(each)),
  ),
};
