import type { Rule } from '../../types';
import { allOf, anyOf, everyOf, is, isNot } from '../conditions';
import { serverTypes, starting } from './servers';

export const instanceDiskEncryption: Rule = {
  id: 'TRC-AWS-011',
  severity: 'medium',
  summary: "The server's disks are not encrypted.",
  why: 'Logs, caches and keys on them can be read from a snapshot.',
  remedy: 'Set encrypted = true in root_block_device and every other disk.',
  link: 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html',
  checkov: ['CKV_AWS_8'],
  trivy: ['AVD-AWS-0131', 'AVD-AWS-0008'],
  breaches: everyOf(
    serverTypes,
    starting(
      ['root_block_device', 'ebs_block_device'],
      anyOf(
        is('block_device_mappings.ebs.encrypted', true, 'true'),
        allOf(is('root_block_device.encrypted', true), isNot('ebs_block_device.encrypted', false)),
      ),
    ),
  ),
};
