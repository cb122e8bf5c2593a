import type { Decimal } from 'decimal.js';
import { beyond, mapBand } from './arithmetic';
import type { Price, PriceBook } from './book/types';
import type { Item } from './item';

/** An item divided among the tiers of its price, one item for each tier that its quantity reaches. */
export function byTier(item: Item, book: PriceBook): readonly Item[] {
  const tiers = item.percentOf === undefined ? book.tiers(item.product, item.unit) : [];
  if (tiers.length < 2) return [item];
  return tiers.flatMap((tier, index) => {
    const end = tiers[index + 1]?.from;
    const quantities = mapBand(item.quantities, (quantity) => beyond(end === undefined || quantity.lt(end) ? quantity : end, tier.from));
    if (index > 0 && quantities.high.isZero()) return [];
    return [{ ...item, name: `${item.name}, ${rangeText(tier, end)}${item.unit === 'month' ? '' : ` ${item.unit}`}`, quantities, tier: { of: item.name, price: tier } }];
  });
}

function rangeText(tier: Price, end: Decimal | undefined): string {
  if (end === undefined) return `over ${grouped(tier.from)}`;
  return tier.from.isZero() ? `first ${grouped(end)}` : `next ${grouped(end.minus(tier.from))}`;
}

/** 10240 as `10,240`. Not by locale, which would make the output depend on the machine. */
function grouped(quantity: Decimal): string {
  return quantity.toFixed().replace(/\B(?=(?:\d{3})+$)/g, ',');
}
