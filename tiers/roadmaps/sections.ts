import type {
  Check,
  DollarRange,
  Dollars,
  Formula,
  LineRange,
  Range,
  Severity,
  Span,
  StatedFacts,
  StatedKind,
  UsersBasis,
} from './figures';
import type { Threshold } from './stated-tier';

export interface Risk {
  readonly id: string;
  readonly risk: string;
  readonly impact?: string;
  readonly probability?: string;
  readonly mitigations: readonly string[];
  readonly kinds: readonly StatedKind[];
  readonly lines: readonly LineRange[];
}

export interface Mitigation {
  readonly category: string;
  readonly risk: string;
  readonly mitigation: string;
  /** Kinds of components that answer the risk. */
  readonly kinds: readonly StatedKind[];
  readonly lines: readonly LineRange[];
}

/** Where a document contradicts itself or the market. Both figures stay where they stand. */
export interface Inconsistency {
  readonly id: string;
  readonly severity: Severity;
  readonly topic: string;
  readonly lines: readonly LineRange[];
  readonly statements: readonly string[];
  readonly formula: string | null;
  readonly result: number | null;
  readonly finding: string;
}

/** A table of the document; its rows as they stand. */
export interface SummaryTable {
  readonly id: string;
  readonly lines: readonly LineRange[];
  readonly rows: readonly StatedFacts[];
  readonly totalStated?: Dollars | StatedFacts | null;
  readonly totalCheck?: Check;
  readonly headcountStated?: number;
  readonly perUser?: Formula & { readonly stated: number };
  readonly with40pctMargin?: Formula & { readonly stated: number };
  readonly typicalSaasPrice?: DollarRange;
  readonly fundingNeeded?: StatedFacts;
}

export interface BaselineRow {
  readonly component: string;
  readonly kind: StatedKind;
  readonly current: string;
  readonly strategy: string;
  readonly lines: readonly LineRange[];
}

export interface Bottleneck {
  readonly id: string;
  readonly name: string;
  readonly limit: string | null;
  readonly required: string;
  readonly tier5Condition?: string;
  readonly options?: readonly string[];
  readonly solution?: readonly string[];
  /** Ids of the tiers that solve it. */
  readonly solvedBy: readonly string[];
  readonly lines: readonly LineRange[];
}

export interface Principle {
  readonly n: number;
  readonly name: string;
  readonly detail: string;
  readonly lines?: readonly LineRange[];
}

export interface EvolutionPath {
  readonly id: string;
  readonly lines: readonly LineRange[];
  readonly steps: readonly { readonly tiers: readonly string[]; readonly step: string }[];
}

export interface TechnologyNotes {
  readonly subject: string;
  readonly lines: readonly LineRange[];
  readonly advantages: readonly string[];
  readonly challenges: readonly string[];
  readonly scalingStrategies: readonly string[];
}

export interface RolloutPhase {
  readonly id: string;
  readonly name: string;
  readonly users: Span & { readonly basis: UsersBasis };
  readonly months: Span;
  readonly focus: string;
  readonly investment: Dollars;
  readonly monthlyCost: Dollars;
  readonly revenueRequired: Dollars;
  readonly breakEvenPerUser: Dollars;
  readonly lines: readonly LineRange[];
}

export interface ImplementationStep {
  readonly id: string;
  readonly name: string;
  readonly months: Span;
  readonly phases: readonly string[];
  readonly note?: string;
  readonly users: Span;
  readonly lines: readonly LineRange[];
}

export interface ImplementationPhase {
  readonly id: string;
  readonly name: string;
  readonly weeks?: Span;
  readonly months?: Span;
  readonly items: readonly string[];
  readonly lines: readonly LineRange[];
}

export interface PlanStage {
  readonly id: string;
  readonly users: Span;
  readonly weeks?: number;
  readonly months?: number;
  readonly capacityResult: Range | null;
  readonly lines: readonly LineRange[];
}

export interface Milestone {
  readonly id: string;
  readonly users: Span;
  readonly months: number;
  readonly cost: Dollars;
  readonly engineers: Range;
  readonly verdict: string;
  readonly lines: readonly LineRange[];
}

export interface BillOfMaterials {
  readonly id: string;
  readonly users: Span & { readonly basis: UsersBasis };
  readonly lines: readonly LineRange[];
  readonly rows: readonly BillRow[];
  readonly totalStated: Dollars;
  readonly totalCheck: Check;
}

export interface BillRow {
  readonly id: string;
  readonly category: string;
  readonly kind: StatedKind;
  readonly component: string;
  readonly configuration: string;
  readonly count?: number;
  readonly sharePct?: number;
  readonly workflowsPerDay?: number;
  readonly unitCost: Dollars;
  readonly cost: Dollars;
  readonly lines: readonly LineRange[];
}

export interface ChecklistItem {
  readonly item: string;
  readonly kind: StatedKind;
  readonly lines: readonly LineRange[];
}

export interface Checklist {
  readonly technical: readonly ChecklistItem[];
  readonly operations: readonly ChecklistItem[];
  readonly team: { readonly items: readonly string[]; readonly lines: readonly LineRange[] };
  readonly business: { readonly items: readonly string[]; readonly lines: readonly LineRange[] };
}

export interface SuccessFactor {
  readonly n: number;
  readonly name: string;
  readonly why: readonly string[];
  readonly risk?: readonly string[];
  readonly lines: readonly LineRange[];
}

export interface BottomLine {
  readonly requirements: StatedFacts;
  readonly goNoGo: readonly string[];
  readonly ifAnyNo: string;
  readonly lines: readonly LineRange[];
}

export interface StatedTest {
  readonly id: string;
  readonly purpose: string;
  readonly frequency: string;
  readonly thresholds?: readonly Threshold[];
  readonly scenarios?: readonly string[];
  readonly metrics?: readonly string[];
  readonly methodology?: string;
  readonly concurrentUsers?: readonly number[];
  readonly durationMinutes?: number;
  readonly rampUpMinutes?: number;
  readonly lines: readonly LineRange[];
}

export interface DecisionFramework {
  readonly lines: readonly LineRange[];
  readonly keepNodeIf: readonly string[];
  readonly evaluateIf: readonly string[];
  readonly metrics: readonly string[];
  readonly outcomes: readonly { readonly id: string; readonly when: string }[];
}

export interface Notes {
  readonly performance: readonly { readonly phase: string; readonly note: string }[];
  readonly reliability: readonly string[];
  readonly security: readonly string[];
  readonly lines: readonly LineRange[];
}
