import type { Rule } from '../../types';
import { allOf, everyOf, is, matches, stated } from '../conditions';

export const imageRegistry: Rule = {
  id: 'TRC-AWS-057',
  severity: 'low',
  summary: 'Images in the registry can be overwritten, or are not scanned.',
  why: 'A tag that means something else today cannot be rolled back to, and known holes go unseen.',
  remedy: 'Set image_tag_mutability = "IMMUTABLE" and image_scanning_configuration { scan_on_push = true }.',
  link: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html',
  checkov: ['CKV_AWS_51', 'CKV_AWS_163'],
  trivy: ['AVD-AWS-0031', 'AVD-AWS-0030'],
  breaches: everyOf(
    ['aws_ecr_repository'],
    allOf(
      matches('image_tag_mutability', /^IMMUTABLE/),
      stated('image_tag_mutability'),
      is('image_scanning_configuration.scan_on_push', true),
    ),
  ),
};
