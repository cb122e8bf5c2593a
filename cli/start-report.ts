import type { EstimateJson, EstimateLineJson } from '../analysis/pricing';

/** A component and what it became. */
export interface ReportedComponent {
  readonly id: string;
  readonly kind: string;
  /** What it becomes, in one line: `managed PostgreSQL 17, 2 nodes, 8 GB`. */
  readonly title: string;
  /** Addresses, sorted. */
  readonly resources: readonly string[];
}

/** One component's cost, list and stated side by side. US dollars a month as decimal strings. */
export interface ReportedCost {
  readonly component: string;
  /** The document's own words for it; empty where it states no cost. */
  readonly label: string;
  readonly list: string;
  readonly stated: string;
  /** List less stated. */
  readonly difference: string;
  /** Why they differ; empty where they do not. */
  readonly why: string;
}

/** Where what is deployed is not what the roadmap's document says. */
export interface ReportedDeviation {
  readonly component: string;
  readonly stated: string;
  readonly deployed: string;
  readonly reason: string;
  /** Lines in the document. */
  readonly lines: string;
}

/**
 * What `npm start` tells about an environment. The fields that others script against are those of the contract:
 * environment, tier, platform, components, resources, cost (currency, monthly, stated, oldestPrice, lines, unpriced), warnings.
 */
export interface StartReport {
  readonly environment: string;
  /** The environment file, relative to the folder of `cdktf.json`. */
  readonly file: string;
  readonly tier: string;
  readonly tierName: string;
  readonly platform: string;
  readonly region: string;
  /** Users a day that the environment must carry, and that the tier is for. */
  readonly dailyUsers: { readonly load: number; readonly tier: number };
  readonly components: readonly ReportedComponent[];
  /** How many resources of each type, by type. */
  readonly resources: Readonly<Record<string, number>>;
  readonly cost: {
    readonly currency: 'USD';
    /** The typical month at list prices. */
    readonly monthly: string;
    readonly low: string;
    readonly high: string;
    /** What the roadmap's document states. */
    readonly stated: string;
    /** Date of the oldest price used; null when nothing was priced. */
    readonly oldestPrice: string | null;
    readonly lines: readonly EstimateLineJson[];
    /** List and stated, by component; the difference of each is explained. */
    readonly components: readonly ReportedCost[];
    /** Addresses of what has no price. */
    readonly unpriced: readonly string[];
    readonly unpricedReasons: EstimateJson['unpriced'];
    /** Share of `monthly` that rests on prices not read in a source, 0 to 1. */
    readonly unverifiedShare: string;
    readonly notes: readonly string[];
  };
  /** What it may cost; null where the file names no budget. */
  readonly budget: { readonly monthly: string; readonly exceeded: boolean } | null;
  readonly deviations: readonly ReportedDeviation[];
  readonly warnings: readonly string[];
  /** What to type next, with what it does. */
  readonly next: readonly { readonly command: string; readonly does: string }[];
}
