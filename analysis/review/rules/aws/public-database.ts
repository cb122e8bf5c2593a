import type { Rule } from '../../types';
import { everyOf, isNot } from '../conditions';

export const publicDatabase: Rule = {
  id: 'TRC-AWS-001',
  severity: 'high',
  summary: 'The database has a public address.',
  why: 'Only its security group and its password stand between the internet and the data.',
  remedy: 'Set publicly_accessible = false; administrators come through SSM or a VPN.',
  link: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html',
  checkov: ['CKV_AWS_17'],
  trivy: ['AVD-AWS-0180'],
  breaches: everyOf(
    ['aws_db_instance', 'aws_rds_cluster_instance', 'aws_redshift_cluster', 'aws_dms_replication_instance'],
    isNot('publicly_accessible', true),
  ),
};
