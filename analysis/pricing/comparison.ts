import type { Decimal } from 'decimal.js';
import { sum } from './arithmetic';
import { decimal } from './decimal';
import type { Estimate } from './estimate-types';

/** One line of the cost that a roadmap document states. Several lines may name one component. */
export interface StatedLine {
  readonly component: string;
  readonly label: string;
  /** US dollars a month. */
  readonly amount: Decimal.Value;
}

/** Why list and stated price of a component differ. */
export interface Explanation {
  readonly component: string;
  readonly reason: string;
}

/** One component, list and stated side by side. */
export interface ComparisonRow {
  readonly component: string;
  /** The document's own words for it; empty where it states no cost. */
  readonly label: string;
  readonly list: Decimal;
  readonly stated: Decimal;
  /** List less stated. */
  readonly difference: Decimal;
  /** Empty where there is no difference, or where nobody explained it. */
  readonly why: string;
  readonly explained: boolean;
}

/** What it costs against what the document says. */
export interface Comparison {
  readonly rows: readonly ComparisonRow[];
  readonly list: Decimal;
  readonly stated: Decimal;
  readonly difference: Decimal;
  /** Components whose difference nobody explained. */
  readonly unexplained: readonly string[];
}

/**
 * Puts the typical list price of each component beside what the document states, in the document's order, with what it does
 * not mention at the end.
 */
export function compare(estimate: Estimate, stated: readonly StatedLine[], explanations: readonly Explanation[]): Comparison {
  const components = [...new Set([...stated.map((line) => line.component), ...estimate.lines.map((line) => line.component)])];
  const rows = components
    .map((component) => row(component, estimate, stated, explanations))
    .filter((one) => !one.list.isZero() || !one.stated.isZero() || one.label !== '');
  const statedTotal = sum(rows.map((one) => one.stated));
  return {
    rows,
    list: estimate.monthly,
    stated: statedTotal,
    difference: estimate.monthly.minus(statedTotal),
    unexplained: rows.filter((one) => !one.explained).map((one) => one.component),
  };
}

function row(component: string, estimate: Estimate, stated: readonly StatedLine[], explanations: readonly Explanation[]): ComparisonRow {
  const lines = stated.filter((line) => line.component === component);
  const list = sum(estimate.lines.filter((line) => line.component === component).map((line) => line.monthly));
  const amount = sum(lines.map((line) => decimal(line.amount)));
  const difference = list.minus(amount);
  const why = explanations
    .filter((one) => one.component === component)
    .map((one) => one.reason)
    .join(' ');
  return {
    component,
    label: lines.map((line) => line.label).join(', '),
    list,
    stated: amount,
    difference,
    why: difference.isZero() ? '' : why,
    explained: difference.isZero() || why !== '',
  };
}
