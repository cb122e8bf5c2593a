import type { Decimal } from 'decimal.js';
import type { ResourceNode } from '../graph/types';
import { nearest } from '../../values/nearest';
import { billedHours, mapBand, oldest, percentOf, toCents, weakest } from './arithmetic';
import { productText } from './book/book';
import type { Price, PriceBook } from './book/types';
import { decimal } from './decimal';
import type { Band, CommittedPrice, Confidence, EstimateLine } from './estimate-types';
import type { Product } from './mapping/types';

/** What a line is made of, once quantities are known: still without money. */
export interface Item {
  readonly node: Pick<ResourceNode, 'address' | 'component' | 'type'>;
  readonly name: string;
  readonly unit: string;
  readonly product: Product;
  readonly percentOf?: Product;
  readonly quantities: Band;
  readonly assumption?: string;
  /** Whether it is named where it has no price, though it is the only one of its resource. */
  readonly part?: true;
  /** The step of the price, where it has several. */
  readonly step?: { readonly of: string; readonly price: Price };
  readonly committed?: readonly Product[];
}

/** A unit price and what it rests on. */
interface UnitPrice {
  readonly price: Decimal;
  readonly unit: string;
  readonly product: string;
  readonly source: string;
  readonly asOf: string;
  readonly confidence: Confidence;
}

/** A line, or why there is none. */
export type Priced = { readonly line: EstimateLine } | { readonly reason: string };

/** Prices one item: unit price from the book, times each of its three quantities, each rounded to cents. */
export function priceItem(item: Item, book: PriceBook): Priced {
  const unit = item.percentOf === undefined ? plainPrice(item, book) : percentagePrice(item.product, item.percentOf, item.unit, book);
  return 'reason' in unit ? unit : { line: lineOf(item, unit, committedPrice(item, unit, book)) };
}

function lineOf(item: Item, unit: UnitPrice, committed: CommittedPrice | undefined): EstimateLine {
  const amounts = amountsOf(item, unit.price);
  return {
    component: item.node.component,
    address: item.node.address,
    type: item.node.type,
    name: item.name,
    quantity: item.quantities.typical,
    quantities: item.quantities,
    low: amounts.low,
    monthly: amounts.typical,
    high: amounts.high,
    ...unit,
    ...(item.assumption === undefined ? {} : { assumption: item.assumption }),
    ...(item.step === undefined ? {} : { step: { of: item.step.of, from: item.step.price.from } }),
    ...(committed === undefined ? {} : { committed }),
  };
}

function amountsOf(item: Item, price: Decimal): Band {
  return mapBand(item.quantities, (quantity) => toCents(price.times(quantity)));
}

function plainPrice({ product, unit, step }: Item, book: PriceBook): UnitPrice | { readonly reason: string } {
  const price = step?.price ?? book.find(product, unit);
  if (price === undefined) return { reason: notInBook(product, book) };
  return { price: decimal(price.amount), unit, product: productText(product), ...restsOn([price]) };
}

/** The first of the commitments that the book has. One that is not cheaper than today's list price is an old figure, and no offer. */
function committedPrice(item: Item, list: UnitPrice, book: PriceBook): CommittedPrice | undefined {
  const price = item.committed?.map((product) => book.find(product, item.unit)).find((found) => found !== undefined);
  if (price === undefined || price.amount.gte(list.price)) return undefined;
  const amount = decimal(price.amount);
  return { product: productText(price.product), price: amount, ...amountsOf(item, amount), ...restsOn([price]) };
}

/** A percentage of a product's monthly price: one unit is that amount a month. */
function percentagePrice(percentage: Product, of: Product, unit: string, book: PriceBook): UnitPrice | { readonly reason: string } {
  const share = book.find(percentage, unit);
  if (share === undefined) return { reason: notInBook(percentage, book) };
  const whole = monthlyPrice(of, book);
  if (whole === undefined) return { reason: notInBook(of, book) };
  const price = percentOf(decimal(share.amount), whole.amount);
  return { price, unit: 'month', product: `${productText(percentage)} of ${productText(of)}`, ...restsOn([share, whole]) };
}

/** The price of a whole month: the hourly price, where there is one, times the hours that are billed. */
function monthlyPrice(product: Product, book: PriceBook): Price | undefined {
  const hourly = book.find(product, 'hour');
  if (hourly === undefined) return book.find(product, 'month');
  return { ...hourly, unit: 'month', amount: decimal(hourly.amount).times(billedHours(product.provider, product.service)) };
}

function restsOn(prices: readonly Price[]): Pick<UnitPrice, 'source' | 'asOf' | 'confidence'> {
  return {
    source: [...new Set(prices.map((price) => price.source))].join('; '),
    asOf: oldest(prices.map((price) => price.asOf)) ?? '',
    confidence: weakest(prices.map((price) => price.confidence)),
  };
}

function notInBook(product: Product, book: PriceBook): string {
  const regions = book.regions(product);
  if (regions.length > 0)
    return `the price book has no price for ${productText({ ...product, region: 'all' })} in ${product.region ?? 'all regions'}; it has one in ${regions.join(', ')}`;
  const close = nearest(product.sku, book.skus(product.provider, product.service));
  const hint = close === undefined || close === product.sku ? '' : `; the nearest it has is ${close}`;
  return `the price book has no price for ${productText(product)}${hint}`;
}
