import type { Rule } from '../../types';
import { everyOf } from '../conditions';
import { leaves } from '../read';
import { isObject } from '../../../graph/json';
import { scalarText } from '../../../../values/scalar-text';

export const databasePlainConnections: Rule = {
  id: 'TRC-AWS-009',
  severity: 'medium',
  summary: 'The database accepts connections without TLS.',
  why: 'Passwords and rows travel readable between the zones.',
  remedy: 'Set the parameter rds.force_ssl (MySQL: require_secure_transport) to 1.',
  link: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html',
  checkov: ['CKV2_AWS_69'],
  breaches: everyOf(
    ['aws_db_parameter_group', 'aws_rds_cluster_parameter_group'],
    (node) =>
      !leaves(node.values, ['parameter'])
        .filter(isObject)
        .some(
          (each) =>
            ['rds.force_ssl', 'require_secure_transport'].includes(scalarText(each['name'])) &&
            ['0', 'OFF'].includes(scalarText(each['value'])),
        ),
  ),
};
