import type { ProviderMappings } from '../../providers';
import { freeType } from '../results';
import type { Mapping } from '../types';
import { cloudflareMappings, cloudflarePools } from './cloudflare';
import { clusterMappings } from './cluster';
import { monitoringMappings } from './monitoring';

/** Types that exist in Terraform's state alone. */
const localTypes = [
  'terraform_data',
  'null_resource',
  'random_bytes',
  'random_id',
  'random_integer',
  'random_password',
  'random_pet',
  'random_shuffle',
  'random_string',
  'random_uuid',
  'time_offset',
  'time_rotating',
  'time_sleep',
  'time_static',
  'tls_cert_request',
  'tls_locally_signed_cert',
  'tls_private_key',
  'tls_self_signed_cert',
  'local_file',
  'local_sensitive_file',
  'archive_file',
];

/** Types of everything that is no cloud. */
export const thirdPartyMappings: readonly Mapping[] = [
  ...cloudflareMappings,
  ...clusterMappings,
  ...monitoringMappings,
  ...localTypes.map((type) => freeType(type, 'it exists in the Terraform state alone')),
];

/** All others, as the estimator loads them. */
export const thirdParty: ProviderMappings = { mappings: thirdPartyMappings, pools: cloudflarePools };
