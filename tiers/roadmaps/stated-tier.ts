import type { Check, DollarRange, Dollars, Formula, LineRange, Origin, Range, Span, StatedFacts, StatedKind, UsersBasis } from './figures';

/** One tier, phase or milestone of a roadmap. */
export interface StatedTier {
  readonly id: string;
  readonly order: number;
  readonly name: string;
  readonly lines: readonly LineRange[];
  readonly users: StatedUsers;
  readonly throughput: readonly Throughput[];
  readonly components: readonly StatedComponent[];
  readonly costLines: readonly CostLine[];
  /** The document's own total; null where it states none. */
  readonly cost: StatedTotal | null;
  readonly costCheck?: Check;
  readonly risks: readonly string[];
  readonly timeline: Timeline | null;
  /** What must be seen before the next tier is due. */
  readonly triggers: readonly Trigger[];
  /** What changes on the way into this tier. */
  readonly changes: readonly string[];
  readonly status?: string;
  readonly target?: string;
  readonly image?: string;
  readonly costBasis?: string;
  readonly capacityResult?: (Range & { readonly unit: string; readonly lines: readonly LineRange[] }) | null;
  readonly routingMix?: readonly RoutingShare[];
  readonly costPerWorkflow?: {
    readonly optimized: Dollars;
    readonly openaiOnly: Dollars;
    readonly savingsPct: number;
    readonly lines: readonly LineRange[];
  };
  readonly implementationOrder?: readonly {
    readonly step: string;
    readonly weeks: number;
    readonly gain: string;
    readonly lines: readonly LineRange[];
  }[];
  readonly savingsClaims?: readonly SavingsClaim[];
  readonly llmDaily?: readonly LlmDay[];
}

export interface StatedUsers extends Span {
  readonly basis: UsersBasis;
  readonly asStated: string;
}

export interface Throughput {
  readonly metric: string;
  readonly value?: number | string;
  readonly min?: number;
  readonly max?: number;
  readonly op?: string;
  readonly approximate?: boolean;
  readonly unit: string;
  readonly lines: readonly LineRange[];
}

export interface StatedComponent {
  readonly id: string;
  readonly kind: StatedKind;
  readonly name: string;
  readonly origin: Origin;
  readonly count: Range | null;
  readonly spec: StatedFacts;
  readonly providers: readonly string[];
  /** Only where the document prices this component alone. */
  readonly cost: DollarRange | null;
  /** Id of the cost line that pays for it; one line can pay for several. */
  readonly costLine?: string;
  readonly lines: readonly LineRange[];
}

export interface CostLine {
  readonly id: string;
  readonly label: string;
  readonly amount: DollarRange;
  readonly lines: readonly LineRange[];
}

export interface StatedTotal extends DollarRange {
  readonly qualifier: 'exact' | 'approximate' | 'estimate' | 'additional' | 'at-least';
  readonly lines: readonly LineRange[];
}

export interface Timeline {
  readonly asStated: string;
  readonly startMonth?: number;
  readonly endMonth?: number;
  readonly startYear?: number;
  readonly endYear?: number | null;
  readonly weeks?: Range;
  readonly months?: Range;
  readonly focus?: string;
  readonly engineeringEffort?: string;
  readonly lines?: readonly LineRange[];
}

export interface Threshold {
  readonly metric: string;
  readonly op: string;
  readonly value: number;
}

export interface Trigger {
  readonly id: string;
  readonly at?: string;
  readonly threshold?: string;
  readonly action?: string;
  readonly atUsers?: number;
  /** Users by which the action must be done; null where the document names none. */
  readonly actByUsers?: number | null;
  readonly bottleneck?: string;
  readonly symptoms?: readonly string[];
  readonly thresholds?: readonly Threshold[];
  readonly impact?: string;
  readonly solution?: string;
  readonly effort?: string;
  readonly implementationTime?: string;
  readonly addedCost?: DollarRange;
  readonly infrastructureCost?: DollarRange;
  readonly consequence?: string | null;
  readonly lines: readonly LineRange[];
}

export interface RoutingShare {
  readonly sharePct: number;
  readonly tasks: string;
  readonly provider: string;
  readonly pricePer1k: Dollars;
  readonly lines: readonly LineRange[];
}

export interface SavingsClaim extends Formula {
  readonly area: string;
  readonly before: Dollars;
  readonly after: Dollars;
  readonly statedSaving: Dollars;
  readonly statedPct: number;
  readonly lines: readonly LineRange[];
}

/** A day's spend on one provider. */
export interface LlmDay {
  readonly provider: string;
  readonly sharePct: number;
  readonly workflows: number;
  /** Dollars for one workflow. */
  readonly unit: Dollars;
  readonly perDay: Dollars;
  readonly lines: readonly LineRange[];
}
