import type { Rule } from '../../types';
import { everyKept, isNot } from '../conditions';

export const bucketForceDestroy: Rule = {
  id: 'TRC-DO-010',
  severity: 'medium',
  summary: 'Terraform may delete the bucket with everything in it.',
  why: 'A renamed resource or a wrong destroy empties it first, without asking again.',
  remedy: 'Leave force_destroy out; mark an environment that is to be thrown away as disposable.',
  link: 'https://registry.terraform.io/providers/digitalocean/digitalocean/latest/docs/resources/spaces_bucket',
  trivy: ['AVD-DIG-0009'],
  breaches: everyKept(['digitalocean_spaces_bucket'], isNot('force_destroy', true)),
};
