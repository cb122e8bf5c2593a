import { listBook, type Price, productText } from '../../analysis/pricing';
import { ageInDays, isOld, oldAfterDays } from '../../analysis/pricing/age';
import { nearest } from '../../values/nearest';
import { printJson } from '../answer';
import type { PricesFlags } from '../cost-commands';
import { choiceUnknown } from '../input/errors';
import type { Io } from '../io';
import { styleFor } from '../style';
import { columns } from '../table';
import { dayOf } from './today';

/** One price as data. */
interface PriceDocument {
  readonly provider: string;
  readonly service: string;
  readonly sku: string;
  readonly region: string;
  readonly unit: string;
  readonly from: string;
  readonly price: string;
  readonly source: string;
  readonly asOf: string;
  readonly ageInDays: number;
  readonly old: boolean;
  readonly confidence: string;
}

/** Prints the rows of the price book that match. @returns 0, also where none does */
export async function listPrices(text: string | undefined, flags: PricesFlags, io: Io): Promise<number> {
  const today = dayOf(flags.today);
  const rows = matching(listBook().rows, text, flags);
  if (flags.json === true) {
    printJson({ today, rows: rows.map((row) => priceDocument(row, today)) }, io);
    return Promise.resolve(0);
  }
  const old = rows.filter((row) => isOld(row.asOf, today)).length;
  const unread = rows.filter((row) => row.confidence !== 'verified').length;
  const head = ['product', 'from', 'USD', 'unit', 'price of', '', 'source'];
  const cells = rows.map((row) => [
    productText(row.product),
    row.from.isZero() ? '' : row.from.toFixed(),
    row.amount.toFixed(),
    row.unit,
    row.asOf,
    marks(row, today),
    row.source,
  ]);
  io.out(`${columns([head, ...cells], ['left', 'right', 'right']).join('\n')}\n`);
  io.out(
    `\n${rows.length} prices. ${unread} marked * were recalled or computed, not read in a source. ${old} marked ! are older than ${oldAfterDays} days on ${today}.\n`,
  );
  if (old > 0)
    io.err(
      `${styleFor(io, 'errors').yellow('warning:')} ${old} of these prices are older than ${oldAfterDays} days. Renew what can be fetched: terrace prices refresh\n`,
    );
  return Promise.resolve(0);
}

function matching(rows: readonly Price[], text: string | undefined, { provider, service, region }: PricesFlags): readonly Price[] {
  const providers = [...new Set(rows.map((row) => row.product.provider))];
  if (provider !== undefined && !providers.includes(provider))
    throw choiceUnknown('provider', provider, providers, nearest(provider, providers));
  const ofProvider = rows.filter((row) => provider === undefined || row.product.provider === provider);
  const services = [...new Set(ofProvider.map((row) => row.product.service))];
  if (service !== undefined && !services.includes(service)) throw choiceUnknown('service', service, services, nearest(service, services));
  const wanted = text?.toLowerCase() ?? '';
  return ofProvider
    .filter(
      (row) =>
        (service === undefined || row.product.service === service) &&
        (region === undefined || row.product.region === region || row.product.region === 'all'),
    )
    .filter((row) => `${productText(row.product)} ${row.unit} ${row.source}`.toLowerCase().includes(wanted));
}

function marks(row: Price, today: string): string {
  return `${row.confidence === 'verified' ? '' : '*'}${isOld(row.asOf, today) ? '!' : ''}`;
}

function priceDocument({ product, unit, from, amount, source, asOf, confidence }: Price, today: string): PriceDocument {
  const { provider, service, sku, region = 'all' } = product;
  return {
    provider,
    service,
    sku,
    region,
    unit,
    from: from.toFixed(),
    price: amount.toFixed(),
    source,
    asOf,
    ageInDays: ageInDays(asOf, today),
    old: isOld(asOf, today),
    confidence,
  };
}
