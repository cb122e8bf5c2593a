import { pricesOf } from '../providers';
import { priceBook } from './book';
import type { PriceBook } from './types';

/** The list prices of DigitalOcean alone. */
export function digitalOceanBook(): PriceBook {
  return priceBook(pricesOf('digitalocean'));
}
