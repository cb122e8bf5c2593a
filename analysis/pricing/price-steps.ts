import type { Decimal } from 'decimal.js';
import { grouped } from '../../values/grouped';
import { inStep, mapBand } from './arithmetic';
import type { Price, PriceBook } from './book/types';
import type { Item } from './item';

/** An item divided among the steps of its price, one item for each step that its quantity reaches. */
export function byStep(item: Item, book: PriceBook): readonly Item[] {
  const steps = item.percentOf === undefined ? book.steps(item.product, item.unit) : [];
  if (steps.length < 2) return [item];
  return steps.flatMap((step, index) => {
    const end = steps[index + 1]?.from;
    const quantities = mapBand(item.quantities, (quantity) => inStep(quantity, step.from, end));
    if (index > 0 && quantities.high.isZero()) return [];
    return [
      {
        ...item,
        name: `${item.name}, ${rangeText(step, end)}${item.unit === 'month' ? '' : ` ${item.unit}`}`,
        quantities,
        step: { of: item.name, price: step },
      },
    ];
  });
}

function rangeText(step: Price, end: Decimal | undefined): string {
  if (end === undefined) return `over ${grouped(step.from.toFixed())}`;
  return step.from.isZero() ? `first ${grouped(end.toFixed())}` : `next ${grouped(end.minus(step.from).toFixed())}`;
}
