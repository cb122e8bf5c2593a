import type { ProviderMappings } from '../../providers';
import { freeType } from '../results';

/** Types that exist in Terraform's state alone. */
const localTypes = ['terraform_data', 'null_resource', 'random_id', 'random_integer', 'random_password', 'random_pet', 'random_shuffle', 'random_string', 'random_uuid', 'time_sleep', 'time_static', 'tls_private_key', 'local_file', 'local_sensitive_file'];
export const thirdParty: ProviderMappings = { mappings: localTypes.map((type) => freeType(type, 'it exists in the Terraform state alone')), pools: [] };
