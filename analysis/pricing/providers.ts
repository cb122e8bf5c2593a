import type { PriceTable } from '../../catalog/prices';
import type { Pool } from './mapping/pools';
import type { Mapping } from './mapping/types';

/** What the estimator knows of one provider's Terraform; knows no money. */
export interface ProviderMappings {
  readonly mappings: readonly Mapping[];
  readonly pools: readonly Pool[];
  /** What a reader of every estimate with priced resources of it must know. */
  readonly notes?: readonly string[];
}

interface Provider {
  readonly mappings: () => ProviderMappings;
  readonly prices: () => readonly PriceTable[];
}

/*
 * Each provider is loaded when a resource or a price of it is first asked for: an estimate of one provider never pays for the
 * lists of the others. `require` within a function is how CommonJS says that; bundlers for browsers follow it too.
 */
const providers: Readonly<Record<string, Provider>> = {
  digitalocean: {
    mappings: () => (require('./mapping/digitalocean') as typeof import('./mapping/digitalocean')).digitalOcean,
    prices: () => [
      (require('../../catalog/digitalocean/prices.generated') as typeof import('../../catalog/digitalocean/prices.generated'))
        .digitaloceanPrices,
    ],
  },
  aws: {
    mappings: () => (require('./mapping/aws') as typeof import('./mapping/aws')).aws,
    prices: () => (require('../../catalog/aws/prices') as typeof import('../../catalog/aws/prices')).awsPrices,
  },
  google: {
    mappings: () => (require('./mapping/google') as typeof import('./mapping/google')).google,
    prices: () => (require('../../catalog/google/prices') as typeof import('../../catalog/google/prices')).googlePrices,
  },
};

/** Makers of what is used beside a cloud. They share one list of prices and one of mappings, both short. */
const others: Provider = {
  mappings: () => (require('./mapping/thirdparty') as typeof import('./mapping/thirdparty')).thirdParty,
  prices: () =>
    (require('../../catalog/thirdparty/prices.generated') as typeof import('../../catalog/thirdparty/prices.generated')).thirdPartyPrices,
};

/** Clouds whose Terraform the estimator knows. */
export const clouds: readonly string[] = Object.keys(providers);

const loaded = new Map<string, ProviderMappings>();

/** The mappings and pools for the types of a provider, `aws` for `aws_instance`. */
export function mappingsOf(provider: string): ProviderMappings {
  const key = Object.hasOwn(providers, provider) ? provider : 'others';
  const known = loaded.get(key) ?? providerOf(key).mappings();
  loaded.set(key, known);
  return known;
}

/** The price tables of a provider; of one that is no cloud, those of all others. */
export function pricesOf(provider: string): readonly PriceTable[] {
  return providerOf(provider).prices();
}

/** Names come from other people's Terraform: `constructor` is no provider of ours. */
function providerOf(name: string): Provider {
  return (Object.hasOwn(providers, name) ? providers[name] : undefined) ?? others;
}
