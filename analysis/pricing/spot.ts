import { mapBand, toCents } from './arithmetic';
import type { PriceBook } from './book/types';
import { productText } from './book/book';
import { decimal } from './decimal';
import type { CommittedPrice, EstimateLine } from './estimate-types';
import { productOf } from './product-text';

/** What a line would cost at spot prices. Spot is never in a total: it changes by the hour and can be taken away. */
export interface SpotOffer {
  readonly line: EstimateLine;
  readonly offer: CommittedPrice;
}

/** Services whose spot prices the book keeps as a service of their own, with the same SKUs. */
const spotServices: Readonly<Record<string, string>> = { 'aws/ec2': 'ec2-spot', 'google/compute-engine': 'compute-engine-spot' };

/** Spot prices for the lines that are sold so, where the book has one that is cheaper than the list price. */
export function spotOffers(lines: readonly EstimateLine[], book: PriceBook): readonly SpotOffer[] {
  return lines.flatMap((line) => {
    const offer = offerFor(line, book);
    return offer === undefined ? [] : [{ line, offer }];
  });
}

function offerFor(line: EstimateLine, book: PriceBook): CommittedPrice | undefined {
  const product = productOf(line.product);
  const service = product === undefined ? undefined : spotServices[`${product.provider}/${product.service}`];
  if (product === undefined || service === undefined) return undefined;
  const spot = { ...product, service };
  const price = book.find(spot, line.unit);
  if (price === undefined || price.amount.gte(line.price)) return undefined;
  const amount = decimal(price.amount);
  return {
    product: productText(spot),
    price: amount,
    ...mapBand(line.quantities, (quantity) => toCents(amount.times(quantity))),
    source: price.source,
    asOf: price.asOf,
    confidence: price.confidence,
  };
}
