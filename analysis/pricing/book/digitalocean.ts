import { digitaloceanPrices } from '../../../catalog/digitalocean/prices.generated';
import { priceBook } from './book';
import type { PriceBook } from './types';

/** The list prices of DigitalOcean that this release carries. */
export function digitalOceanBook(): PriceBook {
  return priceBook([digitaloceanPrices]);
}
