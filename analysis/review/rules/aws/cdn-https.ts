import type { Rule } from '../../types';
import { allOf, everyOf, isNot } from '../conditions';

export const cdnHttps: Rule = {
  id: 'TRC-AWS-028',
  severity: 'medium',
  summary: 'The distribution serves http without sending it on to https.',
  why: 'A stranger on the way can change the scripts that a page loads.',
  remedy: 'Set viewer_protocol_policy to redirect-to-https or https-only.',
  link: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html',
  checkov: ['CKV_AWS_34'],
  trivy: ['AVD-AWS-0012'],
  breaches: everyOf(
    ['aws_cloudfront_distribution'],
    allOf(
      isNot('default_cache_behavior.viewer_protocol_policy', 'allow-all'),
      isNot('ordered_cache_behavior.viewer_protocol_policy', 'allow-all'),
    ),
  ),
};
