import type { Rule } from '../../types';
import { allOf, everyOf, is, isNot } from '../conditions';

export const streamEncryption: Rule = {
  id: 'TRC-AWS-051',
  severity: 'medium',
  summary: 'Events travel, or lie, unencrypted.',
  why: 'Whoever taps the network between clients and brokers reads them.',
  remedy: 'MSK: client_broker = "TLS". Kinesis: encryption_type = "KMS".',
  link: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-encryption.html',
  checkov: ['CKV_AWS_81', 'CKV_AWS_43'],
  trivy: ['AVD-AWS-0073', 'AVD-AWS-0179', 'AVD-AWS-0064'],
  breaches: everyOf(['aws_msk_cluster', 'aws_kinesis_stream'], (node, graph) =>
    node.type === 'aws_kinesis_stream'
      ? is('encryption_type', 'KMS')(node, graph)
      : allOf(
          isNot('encryption_info.encryption_in_transit.client_broker', 'PLAINTEXT', 'TLS_PLAINTEXT'),
          isNot('encryption_info.encryption_in_transit.in_cluster', false),
        )(node, graph),
  ),
};
