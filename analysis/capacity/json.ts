import { rounded } from '../../values/measure';
import type { Reached } from './growth';
import type { CapacityReport, LimitUse } from './report';

/** What `terrace capacity --json` says beside the environment's name. Figures have six digits; what is not known is null. */
export interface CapacityJson {
  readonly load: unknown;
  readonly components: readonly { readonly id: string; readonly kind: string; readonly limits: readonly LimitJson[] }[];
  readonly binding: {
    readonly component: string;
    readonly limit: string;
    readonly share: number;
    readonly at: number;
    readonly lift: string;
  } | null;
  readonly actAt: number | null;
  readonly headroom: number | null;
  readonly carries: boolean;
  readonly singlePointsOfFailure: CapacityReport['singlePointsOfFailure'];
  readonly availability: CapacityReport['availability'];
  /** What stands there and carries nothing in these figures. */
  readonly uncounted: CapacityReport['uncounted'];
  /** Dates at the given growth; null without one. */
  readonly growth:
    | readonly {
        readonly component: string;
        readonly limit: string;
        readonly at: number;
        readonly date: string | null;
        readonly beginBy: string | null;
      }[]
    | null;
}

export interface LimitJson {
  readonly name: string;
  readonly unit: string;
  readonly capacity: number | null;
  readonly used: number;
  readonly share: number | null;
  readonly at: number | null;
  readonly actAt: number | null;
  readonly source: string;
  readonly lift: string;
}

/** A report as plain data for `JSON.stringify`. */
export function capacityToJson(report: CapacityReport, growth?: readonly Reached[]): CapacityJson {
  const { load, components, binding, actAt, headroom, carries, singlePointsOfFailure, availability, uncounted } = report;
  return {
    load: JSON.parse(JSON.stringify(load, (_key, value: unknown) => (typeof value === 'number' ? rounded(value) : value))) as unknown,
    components: components.map(({ id, kind, limits }) => ({ id, kind, limits: limits.map(limitJson) })),
    binding: binding === undefined ? null : { ...binding, share: rounded(binding.share) },
    actAt: actAt ?? null,
    headroom: Number.isFinite(headroom) ? rounded(headroom) : null,
    carries,
    singlePointsOfFailure,
    availability,
    uncounted,
    growth: growth === undefined ? null : growth.map((one) => ({ ...one, date: one.date ?? null, beginBy: one.beginBy ?? null })),
  };
}

function limitJson({ name, unit, capacity, used, share, at, actAt, source, lift }: LimitUse): LimitJson {
  const known = (value: number | undefined): number | null => (value === undefined ? null : rounded(value));
  return {
    name,
    unit,
    capacity: known(capacity),
    used: rounded(used),
    share: known(share),
    at: at ?? null,
    actAt: actAt ?? null,
    source,
    lift,
  };
}
