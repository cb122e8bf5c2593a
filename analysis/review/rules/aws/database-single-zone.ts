import type { Rule } from '../../types';
import { anyOf, everyOf, is, stated } from '../conditions';

export const databaseSingleZone: Rule = {
  id: 'TRC-AWS-005',
  severity: 'low',
  summary: 'The database has no standby in another zone.',
  why: 'When its zone or its machine fails, it stands still for as long as a restore takes.',
  remedy: 'Set multi_az = true.',
  link: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html',
  checkov: ['CKV_AWS_157'],
  breaches: everyOf(['aws_db_instance'], anyOf(is('multi_az', true), stated('replicate_source_db'))),
};
