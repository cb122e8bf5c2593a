import { Decimal as Base } from 'decimal.js';

/**
 * Decimals for money and quantities. 60 digits: no price times quantity that occurs is ever rounded on the way, only the
 * finished line is. The default of 20 would round a large quantity times a price such as 0.0000185.
 */
const Exact = Base.clone({ precision: 60, rounding: Base.ROUND_HALF_UP, toExpNeg: -30, toExpPos: 60 });

/** An exact decimal. */
export function decimal(value: Base.Value): Base {
  return new Exact(value);
}

export const zero = decimal(0);
export const one = decimal(1);
