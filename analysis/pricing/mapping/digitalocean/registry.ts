import type { ResourceNode } from '../../../graph/types';
import { attributesOf, text, why } from '../read';
import { free, unpriced } from '../results';
import type { Mapping, MappingResult } from '../types';

/** A container registry by its subscription, which an account has once. */
export const containerRegistry: Mapping = { type: 'digitalocean_container_registry', map };

/** One of several registries of an account. */
export const containerRegistries: Mapping = { type: 'digitalocean_container_registries', map };

/** Subscriptions that cost something; the third is `starter`. */
const paidTiers: readonly (string | undefined)[] = ['basic', 'professional'];

function map(node: ResourceNode): MappingResult {
  const block = attributesOf(node);
  const tier = text(block, 'subscription_tier_slug');
  if (tier === 'starter') return free('the starter subscription is free');
  if (!paidTiers.includes(tier)) return unpriced(why(block, 'subscription_tier_slug'));
  return {
    kind: 'priced',
    components: [],
    pools: [{ pool: `digitalocean/registry-${tier}` }, { pool: `digitalocean/registry-storage-${tier}`, dependsOn: 'registryGb' }],
  };
}
