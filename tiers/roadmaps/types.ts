import type { Formula, LineRange, Span, StatedFacts, UsersBasis } from './figures';
import type {
  BaselineRow,
  BillOfMaterials,
  Bottleneck,
  BottomLine,
  Checklist,
  DecisionFramework,
  EvolutionPath,
  ImplementationPhase,
  ImplementationStep,
  Inconsistency,
  Milestone,
  Mitigation,
  Notes,
  PlanStage,
  Principle,
  Risk,
  RolloutPhase,
  StatedTest,
  SuccessFactor,
  SummaryTable,
  TechnologyNotes,
} from './sections';
import type { StatedTier } from './stated-tier';

export type * from './figures';
export type * from './sections';
export type * from './stated-tier';

/** A product's scaling plan, as its document states it. Nothing here is corrected: see `inconsistencies`. */
export interface Roadmap {
  readonly id: string;
  readonly order: number;
  readonly source: Source;
  readonly scope: {
    readonly fromUsers: number;
    readonly toUsers: number;
    readonly basis: UsersBasis;
    readonly lines: readonly LineRange[];
  };
  readonly stack: { readonly parts: readonly StackPart[]; readonly namedProviders: readonly string[] };
  readonly loadModel: LoadModel;
  readonly slos: readonly Objective[];
  readonly tiers: readonly StatedTier[];
  readonly risks: readonly Risk[];
  readonly mitigations: readonly Mitigation[];
  readonly summaryTables: readonly SummaryTable[];
  readonly inconsistencies: readonly Inconsistency[];
  readonly architectureFlow?: string;
  readonly header?: StatedFacts;
  readonly baseline?: { readonly lines: readonly LineRange[]; readonly table: readonly BaselineRow[] };
  readonly bottlenecks?: readonly Bottleneck[];
  readonly principles?: readonly Principle[];
  readonly evolutionPaths?: readonly EvolutionPath[];
  readonly technologyNotes?: TechnologyNotes;
  readonly rolloutPhases?: readonly RolloutPhase[];
  readonly implementationTimeline?: readonly ImplementationStep[];
  readonly implementationPhases?: readonly ImplementationPhase[];
  readonly planStages?: readonly PlanStage[];
  readonly realisticPath?: readonly Milestone[];
  readonly billOfMaterials?: BillOfMaterials;
  readonly hiringPlan?: readonly { readonly months: Span; readonly hires: string; readonly lines: readonly LineRange[] }[];
  readonly checklist?: Checklist;
  readonly keyChallenges?: { readonly thesis: string; readonly items: readonly Principle[]; readonly lines: readonly LineRange[] };
  readonly criticalSuccessFactors?: readonly SuccessFactor[];
  readonly bottomLine?: BottomLine;
  readonly testSuite?: { readonly lines: readonly LineRange[]; readonly tests: readonly StatedTest[] };
  readonly decisionFramework?: DecisionFramework;
  readonly notes?: Notes;
}

export interface Source {
  readonly file: string;
  readonly title: string;
  readonly subtitle?: string;
  readonly totalLines: number;
  readonly version?: string;
  readonly lastUpdated?: string;
  readonly author?: string;
  readonly lines?: readonly LineRange[];
}

/** One part of the product's stack: `backend`, `database`, `llm`, ... */
export interface StackPart {
  readonly role: string;
  readonly name: string;
  readonly serving?: string;
  readonly sizes?: string;
  readonly lines: readonly LineRange[];
}

export interface LoadModel {
  readonly constants: readonly Constant[];
  readonly derived: readonly Derived[];
  readonly statedTotals: readonly Constant[];
  /** What the document says about load in words. */
  readonly stated: readonly { readonly id: string; readonly text: string; readonly lines: readonly LineRange[] }[];
}

/** A figure of the load model: a value, or a range. */
export interface Constant {
  readonly id: string;
  readonly value?: number;
  readonly min?: number;
  readonly max?: number;
  /** Id of the constant that a percentage is of. */
  readonly of?: string;
  /** The passage from which the figure follows, where it is not stated outright. */
  readonly implied?: string;
  readonly note?: string;
  readonly lines: readonly LineRange[];
}

export interface Derived extends Formula {
  readonly id: string;
  /** The document's own figure, which may differ from the result. */
  readonly stated: string;
  readonly lines: readonly LineRange[];
}

/** A service level or key figure that the document promises. */
export interface Objective {
  readonly id: string;
  readonly metric: string;
  readonly op: '<' | '<=' | '>' | '>=' | 'between' | 'note';
  readonly value: number | string | readonly [number, number];
  readonly unit: string;
  readonly note?: string;
  readonly lines: readonly LineRange[];
}
