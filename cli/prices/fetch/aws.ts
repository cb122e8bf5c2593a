import { Decimal } from 'decimal.js';
import { join } from 'node:path';
import type { JsonValue } from '../../../analysis/graph';
import { TerraceError } from '../../../values/errors';
import { jsonStream, type JsonStream } from '../../input/json-stream';
import { readingFrom } from '../../input/source';
import { answerNotValid } from '../errors';
import { type AwsList, awsLists } from './aws-lists';
import { download, type Patience } from './download';
import { type Offer, priceText } from './offer';
import { scalarText } from '../../../values/scalar-text';

/** Where AWS publishes its price lists, without credentials. */
export const awsPriceLists = 'https://pricing.us-east-1.amazonaws.com';

/** What is needed to ask. */
export interface AwsOptions {
  readonly from: string;
  readonly regions: readonly string[];
  /** Folder for what is fetched: lists have hundreds of megabytes. */
  readonly room: string;
  readonly patience?: Patience;
}

/** The on-demand prices of EC2 and RDS instances, and those under a commitment of one year. */
export async function awsOffers(options: AwsOptions): Promise<readonly Offer[]> {
  const offers: Offer[] = [];
  for (const region of options.regions) {
    for (const list of awsLists) offers.push(...(await listOffers(list, region, options)));
  }
  return offers;
}

async function listOffers(list: AwsList, region: string, { from, room, patience }: AwsOptions): Promise<readonly Offer[]> {
  const url = `${from}/offers/v1.0/aws/${list.offer}/current/${region}/index.json`;
  const file = join(room, `${list.offer}.json`);
  await download(url, {}, file, patience);
  try {
    const { products, published } = readProducts(file, url, list);
    const prices = readPrices(file, url, products);
    return offersOf(list, region, products, prices, published);
  } catch (error) {
    if (error instanceof TerraceError && (error.code.startsWith('CLI_JSON') || error.code.startsWith('CLI_INPUT')))
      throw answerNotValid(url, [{ code: 'PRICES_JSON', message: error.message }]);
    throw error;
  }
}

type Products = ReadonlyMap<string, string>;

/** The SKUs that are of interest, by what the book calls them. The list is read twice, so that it may come in any order. */
function readProducts(file: string, url: string, list: AwsList): { readonly products: Products; readonly published: string } {
  const products = new Map<string, string>();
  let published = '';
  let seen = false;
  members(file, url, {
    publicationDate: (stream) => void (published = scalarText(stream.take()).slice(0, 10)),
    products: (stream) => {
      seen = true;
      stream.object((sku) => {
        const name = list.nameOf(stream.take());
        if (name !== undefined) products.set(sku, name);
      });
    },
  });
  if (!seen || products.size === 0)
    throw answerNotValid(url, [{ code: 'PRICES_SHAPE', where: 'products', message: 'it holds none of the products that were asked for.' }]);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(published))
    throw answerNotValid(url, [{ code: 'PRICES_SHAPE', where: 'publicationDate', message: 'it is no date.' }]);
  return { products, published };
}

/** Prices by the book's name of the product and the way it is bought. */
type Prices = ReadonlyMap<string, ReadonlySet<string>>;

function readPrices(file: string, url: string, products: Products): Prices {
  const prices = new Map<string, Set<string>>();
  const add = (name: string, way: string, price: string | undefined): void => {
    if (price === undefined) return;
    const key = `${name} ${way}`;
    prices.set(key, (prices.get(key) ?? new Set()).add(price));
  };
  const termsOf = (stream: JsonStream, read: (term: JsonValue, name: string) => void): void => {
    stream.object((sku) => {
      const name = products.get(sku);
      if (name === undefined) stream.skip();
      else for (const term of valuesOf(stream.take())) read(term, name);
    });
  };
  members(file, url, {
    terms: (stream) =>
      stream.object((kind) => {
        if (kind === 'OnDemand') termsOf(stream, (term, name) => add(name, 'list', hourlyOf(term)));
        else if (kind === 'Reserved')
          termsOf(stream, (term, name) => add(name, wayOf(term) ?? 'other', wayOf(term) === undefined ? undefined : reservedOf(term)));
        else stream.skip();
      }),
  });
  if (prices.size === 0)
    throw answerNotValid(url, [
      { code: 'PRICES_SHAPE', where: 'terms', message: 'it holds no price of the products that were asked for.' },
    ]);
  return prices;
}

function members(file: string, url: string, read: Readonly<Record<string, (stream: JsonStream) => void>>): void {
  readingFrom(file, url, (bytes) => {
    const stream = jsonStream(bytes, url);
    stream.object((key) => (Object.hasOwn(read, key) ? read[key]?.(stream) : stream.skip()));
    stream.end();
  });
}

/** Where two SKUs of one name have different prices, none of them is taken. */
function offersOf(list: AwsList, region: string, products: Products, prices: Prices, asOf: string): readonly Offer[] {
  const names = [...new Set(products.values())].sort();
  return names.flatMap((name) =>
    ['list', ...list.commitments].flatMap((way) => {
      const [price, ...others] = prices.get(`${name} ${way}`) ?? [];
      const [row, listRow] = [list.row(name, way), list.row(name, 'list')];
      if (price === undefined || others.length > 0 || row === undefined) return [];
      const offer = { provider: 'aws', ...row, region, unit: 'hour', price, source: `AWS Price List Bulk API ${list.offer}`, asOf };
      return [way === 'list' || listRow === undefined ? offer : { ...offer, list: listRow }];
    }),
  );
}

/** The price of an hour without any condition: one dimension, from 0 on, in dollars. */
function hourlyOf(term: JsonValue): string | undefined {
  const [dimension, ...others] = valuesOf(member(term, 'priceDimensions'));
  return dimension === undefined || others.length > 0 || !isHourly(dimension) ? undefined : dollars(dimension);
}

function isHourly(dimension: JsonValue): boolean {
  return (
    ['Hrs', 'Hours'].includes(scalarText(member(dimension, 'unit'))) &&
    [undefined, '0'].includes(member(dimension, 'beginRange') as string | undefined)
  );
}

/** `standard-1yr-no-upfront`; undefined for other terms. */
function wayOf(term: JsonValue): string | undefined {
  const attributes = member(term, 'termAttributes');
  if (member(attributes, 'LeaseContractLength') !== '1yr') return undefined;
  const offering = scalarText(member(attributes, 'OfferingClass') ?? 'standard').toLowerCase();
  const option = scalarText(member(attributes, 'PurchaseOption')).toLowerCase().replaceAll(' ', '-');
  return `${offering}-1yr-${option}`;
}

const hoursPerYear = 8760;

/** The effective price of an hour: what is paid hourly, and what is paid at once spread over a year. */
function reservedOf(term: JsonValue): string | undefined {
  const dimensions = valuesOf(member(term, 'priceDimensions'));
  const amounts = dimensions.map((dimension) => ({ upfront: member(dimension, 'unit') === 'Quantity', usd: usdOf(dimension) }));
  if (amounts.length === 0 || amounts.some(({ usd }) => usd === undefined)) return undefined;
  const hourly = amounts.reduce((sum, { upfront, usd }) => sum.plus(new Decimal(usd ?? 0).div(upfront ? hoursPerYear : 1)), new Decimal(0));
  return priceText(hourly.toDecimalPlaces(6).toFixed());
}

function dollars(dimension: JsonValue): string | undefined {
  const usd = usdOf(dimension);
  return usd === undefined ? undefined : priceText(usd);
}

function usdOf(dimension: JsonValue): string | undefined {
  const usd = member(member(dimension, 'pricePerUnit'), 'USD');
  return typeof usd === 'string' && /^\d+(\.\d+)?$/.test(usd) ? usd : undefined;
}

function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, JsonValue>>)[name]
    : undefined;
}

function valuesOf(value: JsonValue | undefined): readonly JsonValue[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.values(value) : [];
}
