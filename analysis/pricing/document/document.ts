import type { Decimal } from 'decimal.js';
import { budgetUse } from '../budget';
import type { Comparison } from '../comparison';
import { decimal, zero } from '../decimal';
import type { Band, CommittedPrice, Estimate, EstimateLine } from '../estimate-types';
import { money } from '../json';
import { llmTotal } from '../llm';
import { serviceOf } from '../report/groups';
import type { SpotOffer } from '../spot';
import type { EstimateDocument, EstimateDocumentLine } from './schema';

/** What an estimate was made of, beside the resources. */
export interface EstimateContext {
  readonly environment?: string;
  readonly tier?: string;
  readonly platform?: string;
  /** File or folder that was read. */
  readonly input?: string;
  /** US dollars a month. */
  readonly stated?: Decimal;
  readonly dailyUsers?: number;
  /** US dollars a month. */
  readonly budget?: Decimal;
  /** List beside stated prices, by component. */
  readonly comparison?: Comparison;
  readonly spot?: readonly SpotOffer[];
  readonly warnings?: readonly string[];
}

/** An estimate as the document that `--json` prints. The same estimate always gives the same bytes. */
export function estimateDocument(estimate: Estimate, context: EstimateContext = {}): EstimateDocument {
  return {
    format: 'terrace-estimate/1',
    environment: context.environment ?? null,
    tier: context.tier ?? null,
    platform: context.platform ?? null,
    input: context.input ?? null,
    currency: estimate.currency,
    monthly: moneyBand({ low: estimate.low, typical: estimate.monthly, high: estimate.high }),
    committed: moneyBand(estimate.committed),
    stated: context.stated === undefined ? null : money(context.stated),
    perDailyUser: perDailyUser(estimate, context)?.toFixed(4) ?? null,
    dailyUsers: context.dailyUsers?.toString() ?? null,
    llm: moneyBand(llmTotal(estimate.lines)),
    budget: budgetText(estimate, context),
    oldestPrice: estimate.oldestPrice ?? null,
    unverifiedShare: estimate.unverifiedShare.toDecimalPlaces(4).toFixed(),
    lines: estimate.lines.map(lineText),
    spot: (context.spot ?? []).map(spotText),
    free: estimate.free.map(({ address, type, component, reason }) => ({ address, type, component, why: reason })),
    unpriced: estimate.unpriced.map(({ address, type, component, part, reason }) => ({
      address,
      type,
      component,
      part: part ?? null,
      why: reason,
    })),
    notes: [...estimate.notes],
    warnings: [...(context.warnings ?? [])],
  };
}

/** Dollars of the typical month for each daily user; undefined where no load is known. */
export function perDailyUser(
  estimate: Pick<Estimate, 'monthly'>,
  { dailyUsers }: Pick<EstimateContext, 'dailyUsers'>,
): Decimal | undefined {
  return dailyUsers === undefined || dailyUsers <= 0 ? undefined : decimal(estimate.monthly).div(dailyUsers).toDecimalPlaces(4);
}

function budgetText(estimate: Estimate, { budget }: EstimateContext): EstimateDocument['budget'] {
  if (budget === undefined) return null;
  const { used, state } = budgetUse(estimate.monthly, budget);
  return { monthly: money(budget), used: used.toDecimalPlaces(4).toFixed(), state };
}

function lineText(line: EstimateLine): EstimateDocumentLine {
  const { address, type, component, name, product, unit, source, asOf, confidence } = line;
  return {
    address,
    type,
    component,
    name,
    service: serviceOf(line),
    product,
    quantity: plainBand(line.quantities),
    unit,
    price: line.price.toFixed(),
    monthly: moneyBand({ low: line.low, typical: line.monthly, high: line.high }),
    assumption: line.assumption ?? null,
    source,
    asOf,
    confidence,
    committed: line.committed === undefined ? null : otherPrice(line.committed),
  };
}

function otherPrice({
  product,
  price,
  low,
  typical,
  high,
  source,
  asOf,
  confidence,
}: CommittedPrice): NonNullable<EstimateDocumentLine['committed']> {
  return { product, price: price.toFixed(), monthly: moneyBand({ low, typical, high }), source, asOf, confidence };
}

function spotText({ line, offer }: SpotOffer): EstimateDocument['spot'][number] {
  return { address: line.address, type: line.type, component: line.component, name: line.name, ...otherPrice(offer) };
}

function plainBand({ low, typical, high }: Band): { low: string; typical: string; high: string } {
  return { low: positive(low), typical: positive(typical), high: positive(high) };
}

/** 0 and not -0; never with an exponent. */
function positive(value: Decimal): string {
  return (value.isZero() ? zero : value).toFixed();
}

function moneyBand({ low, typical, high }: Band): { low: string; typical: string; high: string } {
  return { low: money(low), typical: money(typical), high: money(high) };
}
