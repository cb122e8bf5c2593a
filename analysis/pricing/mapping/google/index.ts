import type { ProviderMappings } from '../../providers';
export const google: ProviderMappings = { mappings: [], pools: [] };
