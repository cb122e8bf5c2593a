import { dropletSizeList } from '../../../../catalog/digitalocean/droplets';
import type { DropletSize } from '../../../../catalog/digitalocean/types';
import { decimal } from '../../decimal';
import { hoursPerMonth } from '../../arithmetic';
import { type Count, fewest, timesCount } from '../results';
import type { CostComponent, PoolShare, Product } from '../types';
import { product } from './products';

/** DigitalOcean's price pages show 1 TB of transfer as 1000 GiB (droplet price table; docs, Bandwidth Billing, 2025-06-17). */
const gbPerTb = 1000;

const gpuPrefix = 'gpu-';

const sizes: ReadonlyMap<string, DropletSize> = new Map(dropletSizeList().map((size) => [size.slug, size]));

/** The size as the catalog knows it; undefined for one it does not. */
export function sizeOf(slug: string): DropletSize | undefined {
  return sizes.get(slug);
}

/**
 * Droplets and Kubernetes nodes of one size. CPU sizes cost their monthly price, because they are billed at most 672 hours;
 * GPU sizes are billed every hour.
 */
export function serverComponent(name: string, slug: string, count: Count): CostComponent {
  if (!slug.startsWith(gpuPrefix)) return { name, unit: 'month', product: serverProduct(slug), ...count };
  return { name, unit: 'hour', product: serverProduct(slug), ...timesCount(count, decimal(hoursPerMonth)) };
}

/** The product of a droplet size. */
export function serverProduct(slug: string): Product {
  return product(slug.startsWith(gpuPrefix) ? 'gpu-droplet' : 'droplet', slug);
}

/** What servers take from and bring to the transfer pool of the team. An allowance that is not known counts as none. */
export function transferShare(slug: string, count: Count): PoolShare {
  const tb = sizeOf(slug)?.transfer?.tb ?? 0;
  return { pool: 'digitalocean/droplet-transfer', dependsOn: 'egressGb', grants: decimal(tb).times(gbPerTb).times(fewest(count)) };
}

/** What a reader must know about that allowance. */
export function transferNotes(slug: string): readonly string[] {
  const known = sizeOf(slug)?.transfer !== undefined;
  return known ? [] : [`The transfer included with ${slug} is not in the catalog and is counted as none.`];
}
