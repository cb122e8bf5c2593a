import type { Product } from './mapping/types';

/** Reads what `productText` wrote; undefined for a percentage of another product. A SKU may itself hold slashes. */
export function productOf(text: string): Product | undefined {
  const match = /^([^/\s]+)\/([^/\s]+)\/([^@\s]+)(?:@(\S+))?$/.exec(text);
  const [, provider, service, sku, region] = match ?? [];
  if (provider === undefined || service === undefined || sku === undefined) return undefined;
  return { provider, service, sku, ...(region === undefined ? {} : { region }) };
}
