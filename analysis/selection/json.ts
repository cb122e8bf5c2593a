import { rounded } from '../../values/measure';
import { money } from '../pricing';
import type { Selection } from './select';

/** What `terrace select --json` prints. Money as texts with two places; what is not known is null. */
export interface SelectionJson {
  readonly tier: string | null;
  readonly platform: string | null;
  readonly monthly: string | null;
  /** How many times the load the tier carries. */
  readonly headroom: number | null;
  readonly binding: { readonly component: string; readonly limit: string; readonly at: number } | null;
  readonly next: { readonly tier: string; readonly at: number } | null;
  readonly rejected: readonly { readonly tier: string; readonly platform: string; readonly monthly: string | null; readonly why: string }[];
  readonly alternative: {
    readonly tier: string;
    readonly platform: string;
    readonly monthly: string;
    readonly changes: readonly { readonly component: string; readonly from: string; readonly to: string }[];
  } | null;
  readonly availability: { readonly percent: number; readonly objectivePercent: number; readonly meets: boolean } | null;
  /** What an API's provider bills beside the tier; null where the tier carries the model itself. */
  readonly languageModel: { readonly model: string; readonly low: string; readonly monthly: string; readonly high: string } | null;
  readonly load: {
    readonly roadmap: string;
    readonly basis: string;
    readonly totalUsers: number;
    readonly dailyUsers: number;
    readonly concurrentUsers: number;
    readonly requestsPerSecond: number;
  };
  readonly notes: readonly string[];
}

/** A selection as plain data for `JSON.stringify`. */
export function selectionToJson({ chosen, next, rejected, alternative, languageModel, load, notes }: Selection): SelectionJson {
  const binding = chosen?.report.binding;
  return {
    tier: chosen?.stored.tier.id ?? null,
    platform: chosen?.stored.platform ?? null,
    monthly: chosen === undefined ? null : money(chosen.monthly),
    headroom: chosen === undefined || !Number.isFinite(chosen.report.headroom) ? null : rounded(chosen.report.headroom),
    binding: binding === undefined ? null : { component: binding.component, limit: binding.limit, at: binding.at },
    next: next ?? null,
    rejected: rejected.map(({ tier, platform, monthly, why }) => ({
      tier,
      platform,
      monthly: monthly === undefined ? null : money(monthly),
      why,
    })),
    alternative: alternative === undefined ? null : { ...alternative, monthly: money(alternative.monthly) },
    availability:
      chosen === undefined
        ? null
        : {
            percent: chosen.report.availability.percent,
            objectivePercent: chosen.report.availability.objectivePercent,
            meets: chosen.report.availability.meets,
          },
    languageModel:
      languageModel === undefined
        ? null
        : {
            model: languageModel.model,
            low: money(languageModel.low),
            monthly: money(languageModel.monthly),
            high: money(languageModel.high),
          },
    load: {
      roadmap: load.roadmap,
      basis: load.basis,
      totalUsers: rounded(load.users.total.value),
      dailyUsers: rounded(load.users.daily.value),
      concurrentUsers: rounded(load.users.concurrent.value),
      requestsPerSecond: rounded(load.requests.peak.value),
    },
    notes,
  };
}
