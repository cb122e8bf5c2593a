import type { Rule } from '../../types';
import { everyOf } from '../conditions';
import { leaves } from '../read';
import { isObject } from '../../../graph/json';
import type { ResourceNode } from '../../../graph/types';

/** An origin with a `custom_origin_config` is a server; the others are buckets. */
export const cdnOriginAccess: Rule = {
  id: 'TRC-AWS-029',
  severity: 'medium',
  summary: 'The distribution reads its bucket without saying who it is.',
  why: 'That works only while the bucket is public.',
  remedy: "Set origin_access_control_id, and let the bucket's policy admit this distribution.",
  link: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html',
  checkov: ['CKV2_AWS_46'],
  breaches: everyOf(['aws_cloudfront_distribution'], (node) =>
    leaves(node.values, ['origin'])
      .filter(isObject)
      .every(
        (origin) =>
          ['custom_origin_config', 'origin_access_control_id', 's3_origin_config', 'vpc_origin_config'].some(
            (name) => leaves(origin, [name]).length > 0,
          ) || isHidden(node),
      ),
  ),
};

function isHidden(node: ResourceNode): boolean {
  return node.unknown.some((path) => path.startsWith('origin'));
}
