import type { Rule } from '../../types';
import { everyOf, holding } from '../conditions';
import { scalarText } from '../../../../values/scalar-text';

export const cdnTls: Rule = {
  id: 'TRC-AWS-027',
  severity: 'medium',
  summary: 'The distribution speaks old versions of TLS.',
  why: "With CloudFront's own certificate, or without a minimum, it accepts TLS 1.0.",
  remedy: 'Set viewer_certificate with an ACM certificate and minimum_protocol_version = "TLSv1.2_2021".',
  link: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html',
  checkov: ['CKV_AWS_174', 'CKV2_AWS_42'],
  trivy: ['AVD-AWS-0013'],
  breaches: everyOf(
    ['aws_cloudfront_distribution'],
    holding(
      'viewer_certificate.minimum_protocol_version',
      (versions) => versions.length > 0 && versions.every((version) => /^TLSv1\.[23]/.test(scalarText(version))),
    ),
  ),
};
