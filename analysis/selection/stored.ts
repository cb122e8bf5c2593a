import type { PlatformId, Tier } from '../../tiers/tier';
import { ladder } from '../../tiers';
import { type Plant, plantOf } from '../capacity';
import { resourceGraph, type ResourceGraph, type ResourceNode } from '../graph';
import { awsTier1, awsTier1Providers } from './aws-tier1.generated';
import { awsTier2, awsTier2Providers } from './aws-tier2.generated';
import { awsTier3, awsTier3Providers } from './aws-tier3.generated';
import { awsTier4, awsTier4Providers } from './aws-tier4.generated';
import { awsTier5, awsTier5Providers } from './aws-tier5.generated';
import { awsTier6, awsTier6Providers } from './aws-tier6.generated';
import { digitaloceanTier1 } from './digitalocean-tier1.generated';
import { digitaloceanTier2 } from './digitalocean-tier2.generated';
import { digitaloceanTier3 } from './digitalocean-tier3.generated';
import { digitaloceanTier4 } from './digitalocean-tier4.generated';
import { digitaloceanTier5 } from './digitalocean-tier5.generated';

/** A tier on a platform as it is deployed: its resources, and the machines among them. */
export interface StoredTier {
  readonly tier: Tier;
  readonly platform: PlatformId;
  readonly graph: ResourceGraph;
  readonly plant: Plant;
}

const resources: Readonly<Record<string, Readonly<Partial<Record<PlatformId, readonly ResourceNode[]>>>>> = {
  tier1: { digitalocean: digitaloceanTier1, aws: awsTier1 },
  tier2: { digitalocean: digitaloceanTier2, aws: awsTier2 },
  tier3: { digitalocean: digitaloceanTier3, aws: awsTier3 },
  tier4: { digitalocean: digitaloceanTier4, aws: awsTier4 },
  tier5: { digitalocean: digitaloceanTier5, aws: awsTier5 },
  tier6: { aws: awsTier6 },
};

/** Where the providers of stored tiers build, for those whose prices follow from it. */
const providers: Readonly<Record<string, Readonly<Partial<Record<PlatformId, ResourceGraph['providers']>>>>> = {
  tier1: { aws: awsTier1Providers },
  tier2: { aws: awsTier2Providers },
  tier3: { aws: awsTier3Providers },
  tier4: { aws: awsTier4Providers },
  tier5: { aws: awsTier5Providers },
  tier6: { aws: awsTier6Providers },
};

/** Every (tier, platform) of the ladder that is built, lowest first; written by synthesis of the example environments. */
export const storedTiers: readonly StoredTier[] = ladder.flatMap((tier) =>
  tier.platforms.flatMap((platform) => {
    const nodes = resources[tier.id]?.[platform];
    return nodes === undefined ? [] : [stored(tier, platform, resourceGraph(nodes, { providers: providers[tier.id]?.[platform] ?? {} }))];
  }),
);

/** Every (tier, platform) that the ladder means to have and that is not built. */
export const notBuilt: readonly { readonly tier: Tier; readonly platform: PlatformId }[] = ladder.flatMap((tier) =>
  tier.platforms.filter((platform) => resources[tier.id]?.[platform] === undefined).map((platform) => ({ tier, platform })),
);

/** A stored tier of these resources. */
export function stored(tier: Tier, platform: PlatformId, graph: ResourceGraph): StoredTier {
  return { tier, platform, graph, plant: plantOf(tier, graph, platform) };
}
