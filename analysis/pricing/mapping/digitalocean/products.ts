import type { Product } from '../types';

/** A product of DigitalOcean, whose list prices are the same in all regions. */
export function product(service: string, sku: string): Product {
  return { provider: 'digitalocean', service, sku };
}
