import { z } from 'zod';
import { oldest } from '../arithmetic';
import { decimal } from '../decimal';
import { estimateNotValid } from '../errors';
import type { Band, CommittedPrice, Estimate, EstimateLine } from '../estimate-types';
import { estimateDocumentSchema, type EstimateDocument, type EstimateDocumentLine } from './schema';

/**
 * An estimate from the document that `--json` printed. The total is held against the sum of the lines:
 * a document in which they differ was edited or cut, and no difference of it could be trusted.
 * @throws TerraceError PRICING_ESTIMATE_NOT_VALID with everything that is wrong
 */
export function estimateFromDocument(json: unknown, shown: string): Estimate {
  const parsed = estimateDocumentSchema.safeParse(json);
  if (!parsed.success) throw estimateNotValid(shown, parsed.error.issues.slice(0, 20).map(problemOf));
  const estimate = toEstimate(parsed.data);
  const wrong = totalProblems(estimate, parsed.data);
  if (wrong.length > 0) throw estimateNotValid(shown, wrong);
  return estimate;
}

const code = 'PRICING_ESTIMATE_DOCUMENT';

function problemOf(issue: z.core.$ZodIssue): { code: string; where: string; message: string } {
  return { code, where: issue.path.join('.') || 'the document', message: `${issue.message}.` };
}

function totalProblems(estimate: Estimate, { monthly }: EstimateDocument): readonly { code: string; where: string; message: string }[] {
  const total = estimate.lines.reduce((sum, line) => sum.plus(line.monthly), decimal(0));
  return total.eq(monthly.typical)
    ? []
    : [{ code, where: 'monthly.typical', message: `it is ${monthly.typical}, but the lines add up to ${total.toFixed(2)}.` }];
}

function toEstimate(document: EstimateDocument): Estimate {
  const lines = document.lines.map(toLine);
  const oldestPrice = oldest(lines.map((line) => line.asOf));
  return {
    currency: 'USD',
    low: decimal(document.monthly.low),
    monthly: decimal(document.monthly.typical),
    high: decimal(document.monthly.high),
    committed: toBand(document.committed),
    lines,
    free: document.free.map(({ why, ...rest }) => ({ ...rest, reason: why })),
    unpriced: document.unpriced.map(({ why, part, ...rest }) => ({ ...rest, reason: why, ...(part === null ? {} : { part }) })),
    unverifiedShare: decimal(document.unverifiedShare),
    notes: document.notes,
    ...(oldestPrice === undefined ? {} : { oldestPrice }),
  };
}

function toLine(line: EstimateDocumentLine): EstimateLine {
  const { address, type, component, name, product, unit, source, asOf, confidence } = line;
  const quantities = toBand(line.quantity);
  return {
    address,
    type,
    component,
    name,
    product,
    unit,
    source,
    asOf,
    confidence,
    quantity: quantities.typical,
    quantities,
    price: decimal(line.price),
    low: decimal(line.monthly.low),
    monthly: decimal(line.monthly.typical),
    high: decimal(line.monthly.high),
    ...(line.assumption === null ? {} : { assumption: line.assumption }),
    ...(line.committed === null ? {} : { committed: toCommitted(line.committed) }),
  };
}

function toCommitted({ monthly, price, ...rest }: NonNullable<EstimateDocumentLine['committed']>): CommittedPrice {
  return { ...rest, price: decimal(price), ...toBand(monthly) };
}

function toBand({ low, typical, high }: { readonly low: string; readonly typical: string; readonly high: string }): Band {
  return { low: decimal(low), typical: decimal(typical), high: decimal(high) };
}
