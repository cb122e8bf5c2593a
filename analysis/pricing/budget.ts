import type { Decimal } from 'decimal.js';
import { decimal } from './decimal';

/** Where an estimate stands against a budget. */
export type BudgetState = 'within' | 'near' | 'exceeded';

/** A warning is due from this share of the budget on. */
export const nearBudget = 0.9;

/** How much of a budget the typical month takes. Exactly the budget is not above it. */
export function budgetUse(typical: Decimal, budget: Decimal): { readonly used: Decimal; readonly state: BudgetState } {
  const used = decimal(typical).div(budget);
  if (decimal(typical).gt(budget)) return { used, state: 'exceeded' };
  return { used, state: used.gte(nearBudget) ? 'near' : 'within' };
}
