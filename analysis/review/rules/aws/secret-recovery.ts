import type { Rule } from '../../types';
import { everyKept, holding } from '../conditions';

export const secretRecovery: Rule = {
  id: 'TRC-AWS-054',
  severity: 'medium',
  summary: 'A secret that is deleted by mistake is gone at once.',
  why: 'Nobody can log in with what nobody knows any more.',
  remedy: 'Leave recovery_window_in_days at 30.',
  link: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html',
  breaches: everyKept(
    ['aws_secretsmanager_secret'],
    holding('recovery_window_in_days', ([days]) => Number(days ?? 30) >= 7),
  ),
};
