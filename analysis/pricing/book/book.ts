import { Decimal } from 'decimal.js';
import type { PriceTable, PriceTuple } from '../../../catalog/prices';
import { append } from '../../graph/addresses';
import { byText } from '../../graph/order';
import type { Product } from '../mapping/types';
import type { Price, PriceBook } from './types';

/** A book over these tables. Rows become prices when they are asked for. */
export function priceBook(tables: readonly PriceTable[]): PriceBook {
  const providers = [...new Set(tables.map((table) => table.provider))];
  return lazyBook(providers, (provider) => tables.filter((table) => table.provider === provider));
}

/**
 * A book that reads the tables of a provider when a price of it is first asked for.
 * @param load the tables of one of the providers; called once for each
 */
export function lazyBook(providers: readonly string[], load: (provider: string) => readonly PriceTable[]): PriceBook {
  const shelves = new Map<string, Shelf>();
  const shelf = (provider: string): Shelf => {
    const known = shelves.get(provider) ?? shelfOf(providers.includes(provider) ? load(provider) : []);
    shelves.set(provider, known);
    return known;
  };
  const steps: PriceBook['steps'] = (product, unit) => {
    const { prices } = shelf(product.provider);
    return (prices.get(priceKey(product, unit)) ?? prices.get(priceKey({ ...product, region: 'all' }, unit)) ?? []).map(toPrice);
  };
  return {
    steps,
    find: (product, unit) => steps(product, unit)[0],
    skus: (provider, service) => [...(shelf(provider).skus.get(service) ?? [])],
    regions: ({ provider, service, sku }) => [...(shelf(provider).regions.get(`${service}/${sku}`) ?? [])].sort(byText((region) => region)),
    get rows() {
      return providers.flatMap((provider) =>
        [...shelf(provider).prices].sort(byText(([key]) => key)).flatMap(([, rows]) => rows.map(toPrice)),
      );
    },
  };
}

/** One text per price: `digitalocean/droplet/s-4vcpu-8gb/all month`. */
function priceKey(product: Product, unit: string): string {
  return `${product.provider}/${product.service}/${product.sku}/${product.region ?? 'all'} ${unit}`;
}

/** A product as one text: `digitalocean/droplet/s-4vcpu-8gb`, with its region where the price varies by it. */
export function productText(product: Product): string {
  const region = product.region === undefined || product.region === 'all' ? '' : `@${product.region}`;
  return `${product.provider}/${product.service}/${product.sku}${region}`;
}

interface Row {
  readonly table: PriceTable;
  readonly row: PriceTuple;
}

/** What is known of one provider, ready for looking up. */
interface Shelf {
  /** By `priceKey`; the steps of one price in ascending order. */
  readonly prices: ReadonlyMap<string, readonly Row[]>;
  readonly skus: ReadonlyMap<string, ReadonlySet<string>>;
  readonly regions: ReadonlyMap<string, ReadonlySet<string>>;
}

function shelfOf(tables: readonly PriceTable[]): Shelf {
  const prices = new Map<string, Row[]>();
  const skus = new Map<string, Set<string>>();
  const regions = new Map<string, Set<string>>();
  for (const table of tables) {
    for (const row of table.rows) {
      const [service, sku, region, unit] = row;
      append(prices, priceKey({ provider: table.provider, service, sku, region }, unit), { table, row });
      add(skus, service, sku);
      add(regions, `${service}/${sku}`, region);
    }
  }
  return { prices, skus, regions };
}

function add(index: Map<string, Set<string>>, key: string, member: string): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, new Set([member]));
  else known.add(member);
}

function toPrice({ table, row }: Row): Price {
  const [service, sku, region, unit, amount, source, asOf, confidence, from] = row;
  return {
    product: { provider: table.provider, service, sku, region },
    unit,
    amount: new Decimal(amount),
    from: new Decimal(from ?? 0),
    source: table.sources[source] ?? '',
    asOf,
    confidence,
  };
}
