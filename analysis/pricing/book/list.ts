import { clouds, pricesOf } from '../providers';
import { lazyBook, priceBook } from './book';
import type { PriceBook } from './types';

/**
 * All list prices that this release carries. A provider's prices are read when one of them is first asked for, so that the
 * others cost an estimate nothing.
 */
export function listBook(): PriceBook {
  const cloudBook = lazyBook(clouds, pricesOf);
  let rest: PriceBook | undefined;
  const other = (): PriceBook => (rest ??= priceBook(pricesOf('others')));
  const bookOf = (provider: string): PriceBook => (clouds.includes(provider) ? cloudBook : other());
  return {
    find: (product, unit) => bookOf(product.provider).find(product, unit),
    steps: (product, unit) => bookOf(product.provider).steps(product, unit),
    skus: (provider, service) => bookOf(provider).skus(provider, service),
    regions: (product) => bookOf(product.provider).regions(product),
    get rows() {
      return [...cloudBook.rows, ...other().rows];
    },
  };
}
