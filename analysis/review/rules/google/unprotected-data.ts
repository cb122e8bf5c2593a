import type { Rule } from '../../types';
import { everyKept, kept } from '../conditions';

/** Known from a configuration only: a plan does not say what protects. */
export const unprotectedDataOnGoogle: Rule = {
  id: 'TRC-GCP-021',
  severity: 'medium',
  summary: 'Nothing stops a plan from destroying this data.',
  why: 'Deletion protection, where there is one, only makes the apply fail halfway.',
  remedy: 'Set lifecycle { prevent_destroy = true }.',
  link: 'https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#prevent_destroy',
  breaches: everyKept(
    [
      'google_sql_database_instance',
      'google_storage_bucket',
      'google_spanner_instance',
      'google_spanner_database',
      'google_alloydb_cluster',
      'google_container_cluster',
      'google_compute_disk',
      'google_kms_crypto_key',
      'google_dns_managed_zone',
    ],
    kept,
  ),
};
