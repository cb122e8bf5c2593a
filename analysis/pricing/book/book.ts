import { Decimal } from 'decimal.js';
import type { PriceTable, PriceTuple } from '../../../catalog/prices';
import { compareText } from '../../graph/order';
import type { Product } from '../mapping/types';
import type { Price, PriceBook } from './types';

/** A book over the tables of some providers. Rows become prices when they are asked for. */
export function priceBook(tables: readonly PriceTable[]): PriceBook {
  const index = new Map(tables.flatMap((table) => table.rows.map((row) => [keyOfRow(table, row), { table, row }] as const)));
  const find = (product: Product, unit: string): Price | undefined => {
    const entry = index.get(priceKey(product, unit)) ?? index.get(priceKey({ ...product, region: 'all' }, unit));
    return entry === undefined ? undefined : toPrice(entry.table, entry.row);
  };
  return {
    find,
    skus: (provider, service) => skusOf(tables, provider, service),
    get rows() {
      return [...index].sort(([a], [b]) => compareText(a, b)).map(([, { table, row }]) => toPrice(table, row));
    },
  };
}

/** One text per price: `digitalocean/droplet/s-4vcpu-8gb/all month`. */
export function priceKey(product: Product, unit: string): string {
  return `${productText(product)}/${product.region ?? 'all'} ${unit}`;
}

/** A product as one text: `digitalocean/droplet/s-4vcpu-8gb`, with its region where the price varies by it. */
export function productText(product: Product): string {
  const region = product.region === undefined || product.region === 'all' ? '' : `@${product.region}`;
  return `${product.provider}/${product.service}/${product.sku}${region}`;
}

function keyOfRow(table: PriceTable, [service, sku, region, unit]: PriceTuple): string {
  return priceKey({ provider: table.provider, service, sku, region }, unit);
}

function toPrice(table: PriceTable, [service, sku, region, unit, amount, source, asOf, confidence]: PriceTuple): Price {
  return {
    product: { provider: table.provider, service, sku, region },
    unit,
    amount: new Decimal(amount),
    source: table.sources[source] ?? '',
    asOf,
    confidence,
  };
}

function skusOf(tables: readonly PriceTable[], provider: string, service: string): readonly string[] {
  const rows = tables.filter((table) => table.provider === provider).flatMap((table) => table.rows);
  return [...new Set(rows.filter((row) => row[0] === service).map((row) => row[1]))];
}
