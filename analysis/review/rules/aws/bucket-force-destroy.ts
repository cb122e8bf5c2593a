import type { Rule } from '../../types';
import { everyKept, isNot } from '../conditions';

export const bucketForceDestroyOnAws: Rule = {
  id: 'TRC-AWS-025',
  severity: 'medium',
  summary: 'Terraform may delete the bucket with everything in it.',
  why: 'A renamed resource or a wrong destroy empties it first, without asking again.',
  remedy: 'Leave force_destroy out.',
  link: 'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket',
  breaches: everyKept(['aws_s3_bucket'], isNot('force_destroy', true)),
};
