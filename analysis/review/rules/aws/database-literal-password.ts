import type { Rule } from '../../types';
import { everyOf } from '../conditions';
import type { Condition } from '../conditions';

export const databaseLiteralPassword: Rule = {
  id: 'TRC-AWS-008',
  severity: 'high',
  summary: "The database's password is written in the configuration.",
  why: 'Everyone who can read the repository, a plan or the state can read the data.',
  remedy: 'Set manage_master_user_password = true, or take it from a sensitive variable.',
  link: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html',
  breaches: everyOf(
    ['aws_db_instance', 'aws_rds_cluster', 'aws_docdb_cluster', 'aws_redshift_cluster'],
    writtenOut('password', 'master_password'),
  ),
};

/** From a synthesized configuration only: a plan holds the values of variables too. */
function writtenOut(...names: readonly string[]): Condition {
  return (node) =>
    node.action !== undefined || node.configured === undefined
      ? undefined
      : !names.some((name) => typeof node.values[name] === 'string' && !node.unknown.includes(name) && node.values[name] !== '');
}
