import type { Rule } from '../../types';
import { everyKept, isNot } from '../conditions';

export const deletionProtectionOnGoogle: Rule = {
  id: 'TRC-GCP-003',
  severity: 'medium',
  summary: 'Deletion protection is switched off.',
  why: 'One wrong plan then deletes it with everything in it.',
  remedy: 'Leave deletion_protection out: the provider protects by default. For AlloyDB set it.',
  link: 'https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/container_cluster',
  checkov: ['CKV_GCP_119', 'CKV_GCP_122'],
  breaches: everyKept(
    [
      'google_container_cluster',
      'google_sql_database_instance',
      'google_spanner_database',
      'google_alloydb_cluster',
      'google_bigtable_instance',
    ],
    isNot('deletion_protection', false),
  ),
};
