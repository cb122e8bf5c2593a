import type { Decimal } from 'decimal.js';
import type { CapacityReport } from '../../capacity';
import { rounded } from '../../../values/measure';
import type { Monthly } from '../deltas';
import type { Review } from '../review';
import type { Finding, Way } from '../types';
import type { ReviewDocument } from './schema';

/** A review as the document that `--json` prints. The same review always gives the same bytes. */
export function reviewDocument(review: Review): ReviewDocument {
  return {
    format: 'terrace-review/1',
    verdict: review.verdict,
    environment: review.environment ?? null,
    today: review.today,
    stacks: review.stacks.map(({ stack, planned }) => ({ name: stack, planned })),
    findings: review.findings.map(findingDocument),
    changes: { ...review.counts },
    resources: resourcesOf(review),
    cost: costOf(review),
    capacity: {
      before: capacityOf(review.capacity?.before),
      after: capacityOf(review.capacity?.after),
      load: review.capacity?.load ?? null,
    },
    ...(review.way === undefined ? {} : { promotion: wayOf(review.way) }),
    waivers: review.waivers.map((waiver) => ({ ...waiver })),
  };
}

function wayOf({ plan, ...way }: Way): NonNullable<ReviewDocument['promotion']> {
  if (plan === undefined) return way;
  const { pause, cost, components, open, irreversible } = plan;
  return {
    ...way,
    plan: {
      pause: { ...pause },
      cost: { ...cost },
      components: components.map((one) => ({ ...one })),
      open: open.map((one) => ({ ...one })),
      irreversible: irreversible.map((one) => ({ ...one })),
    },
  };
}

function findingDocument({
  id,
  severity,
  address,
  component,
  stack,
  summary,
  detail,
  remedy,
  protects,
  existing,
  waived,
}: Finding): ReviewDocument['findings'][number] {
  return {
    id,
    severity,
    address,
    component,
    stack: stack ?? null,
    summary,
    detail,
    remedy,
    protects: [...(protects ?? [])],
    existing: existing === true,
    waived: waived === undefined ? null : { ...waived },
  };
}

function resourcesOf({ stacks }: Review): ReviewDocument['resources'] {
  return stacks.flatMap(({ stack, changes }) =>
    changes.flatMap(({ address, previousAddress, type, component, action, because, doubt, changed }) =>
      action === 'no-op'
        ? []
        : [
            {
              stack,
              address,
              previousAddress: previousAddress ?? null,
              type,
              component,
              action,
              because: [...because],
              doubt: doubt ?? null,
              changed: [...changed],
            },
          ],
    ),
  );
}

function costOf({ cost, budget }: Review): ReviewDocument['cost'] {
  const { before, after } = cost;
  return {
    currency: 'USD',
    before: monthly(before),
    after: monthly(after),
    delta: {
      low: money(after.low.minus(before.low)),
      typical: money(after.typical.minus(before.typical)),
      high: money(after.high.minus(before.high)),
    },
    byPrice: money(cost.byPrice),
    byChange: money(cost.byChange),
    budget: budget ?? null,
    components: cost.components.map((one) => ({ component: one.component, before: money(one.before), after: money(one.after) })),
    unpriced: [...cost.unpriced],
    assumption: cost.assumption,
  };
}

function monthly({ low, typical, high }: Monthly): ReviewDocument['cost']['before'] {
  return { low: money(low), typical: money(typical), high: money(high) };
}

function money(amount: Decimal): string {
  return amount.toFixed(2);
}

function capacityOf(report: CapacityReport | undefined): ReviewDocument['capacity']['before'] {
  if (report === undefined) return null;
  const { binding, headroom, carries, availability, singlePointsOfFailure } = report;
  return {
    carries: binding?.at ?? null,
    headroom: Number.isFinite(headroom) ? rounded(headroom) : null,
    enough: carries,
    binding: binding === undefined ? null : { component: binding.component, limit: binding.limit, lift: binding.lift },
    availabilityPercent: availability.percent,
    objectivePercent: availability.objectivePercent,
    singlePointsOfFailure: singlePointsOfFailure.map((one) => ({ ...one })),
  };
}
