import { Decimal } from 'decimal.js';
import type { Band } from './estimate-types';
import type { UsageKey } from './usage-keys';

export type { UsageKey } from './usage-keys';

/** Quantities per month that no resource states; `usageKeys` says what each means. */
export type UsageQuantities = { readonly [Key in UsageKey]?: UsageFigure };

/** An uncertain quantity and what it rests on. */
export interface UsageFigure extends Band {
  readonly assumption: string;
}

/**
 * Quantities by resource, by component and in all. The nearest figure wins; one for a component or for all is divided
 * evenly among the resources that take it and have none of their own. @default - none: such lines are 0 and say so
 */
export interface Usage {
  readonly resources?: Readonly<Record<string, UsageQuantities>>;
  readonly components?: Readonly<Record<string, UsageQuantities>>;
  readonly total?: UsageQuantities;
}

/** A figure from plain numbers. */
export function usageFigure(low: Decimal.Value, typical: Decimal.Value, high: Decimal.Value, assumption: string): UsageFigure {
  return { low: new Decimal(low), typical: new Decimal(typical), high: new Decimal(high), assumption };
}
