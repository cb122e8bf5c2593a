import type { Rule } from '../../types';
import { everyKept, holding } from '../conditions';

export const keyDeletionWindow: Rule = {
  id: 'TRC-AWS-036',
  severity: 'medium',
  summary: 'A key that is deleted by mistake can be called back for less than two weeks.',
  why: 'Everything that it encrypts is lost with it: databases, buckets, backups.',
  remedy: 'Leave deletion_window_in_days at 30.',
  link: 'https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html',
  breaches: everyKept(
    ['aws_kms_key', 'aws_kms_external_key', 'aws_kms_replica_key'],
    holding('deletion_window_in_days', ([days]) => Number(days ?? 30) >= 14),
  ),
};
