import type { Rule } from '../../types';
import { anyOf, everyOf, has, is, stated } from '../conditions';

/** A replica takes the encryption of its source. */
export const databaseEncryption: Rule = {
  id: 'TRC-AWS-002',
  severity: 'high',
  summary: "The database's disks are not encrypted.",
  why: 'Snapshots can be shared as they are, and encryption cannot be added later without replacing the database.',
  remedy: 'Set storage_encrypted = true from the start.',
  link: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html',
  checkov: ['CKV_AWS_16', 'CKV_AWS_96'],
  trivy: ['AVD-AWS-0080', 'AVD-AWS-0079'],
  breaches: everyOf(
    ['aws_db_instance', 'aws_rds_cluster'],
    anyOf(is('storage_encrypted', true), stated('replicate_source_db'), has('engine_mode', 'serverless')),
  ),
};
