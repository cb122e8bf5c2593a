import type { Rule } from '../../types';
import { anyOf, everyKept, isNot, stated } from '../conditions';

export const databaseFinalSnapshot: Rule = {
  id: 'TRC-AWS-006',
  severity: 'medium',
  summary: 'Deleting the database leaves no snapshot.',
  why: 'Automated backups go with it: what is gone is gone.',
  remedy: 'Leave skip_final_snapshot out and set final_snapshot_identifier.',
  link: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html',
  breaches: everyKept(
    ['aws_db_instance', 'aws_rds_cluster', 'aws_docdb_cluster', 'aws_redshift_cluster'],
    anyOf(isNot('skip_final_snapshot', true), stated('replicate_source_db')),
  ),
};
