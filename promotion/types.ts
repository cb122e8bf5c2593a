import type { Problem } from '../values/errors';
import type { Generations, Verdict } from '../components/change';
import type { PlatformId, TierId } from '../tiers/tier';
import type { PromotionPhase } from '../tiers/phase';

export { promotionPhases, type PromotionPhase } from '../tiers/phase';
export type { Verdict } from '../components/change';

/** How a step moves what it moves. */
export type MoveMethod =
  /** Terraform, behind the guard. */
  | 'terraform'
  /** PostgreSQL's own logical replication: publication and subscription. */
  | 'logical-replication'
  /** The same to several shards, by row filters. */
  | 'logical-replication-shards'
  /** `pg_dump` into `pg_restore` while nothing writes. */
  | 'dump'
  /** PostgreSQL's own physical replication: readers beside the writer. */
  | 'streaming-replication'
  /** The app is led through a pooler that is there already; nothing is moved. */
  | 'pooler'
  /** The cache of the target starts empty and fills itself. */
  | 'rewarm'
  /** Valkey's own replication: what it holds must not be lost. */
  | 'cache-replication'
  /** Repeated copies of files or objects, the last one after the switch of writes. */
  | 'object-copy'
  /** The provider resizes what is there. */
  | 'provider-resize'
  /** Pooler paused, role fenced, drained, opened on the other side. */
  | 'fence-and-switch'
  /** Counts, checksums, sequences. */
  | 'compare'
  /** A person does it; the commands are in `commands`. */
  | 'person'
  /** Nothing but time passes. */
  | 'wait';

/** What a step takes. Null where nobody can know: never zero for that. */
export interface StepEstimate {
  readonly seconds: number | null;
  /** Bytes that are copied; 0 where none are. */
  readonly bytes: number | null;
}

/** One step of a phase. */
export interface PlannedStep {
  /** Stable within a plan: `migrate/database`. */
  readonly id: string;
  /** What happens, in one line. */
  readonly what: string;
  readonly method: MoveMethod;
  readonly estimate: StepEstimate;
  /** Whether the way back from it is open without a loss. */
  readonly reversible: boolean;
  /** What a person types, where a person must. */
  readonly commands?: readonly string[];
}

export interface PlannedPhase {
  readonly name: Exclude<PromotionPhase, 'rollback'>;
  readonly steps: readonly PlannedStep[];
}

/** What becomes of one component. */
export interface PlannedComponent {
  readonly id: string;
  readonly verdict: Verdict;
  readonly why: string;
}

/** Something that must be true before the first step. */
export interface Prerequisite {
  readonly id: string;
  readonly what: string;
  /** Whether the plan could see it: `met`, `unmet`, or `check` where only a person or the preflight can. */
  readonly state: 'met' | 'unmet' | 'check';
  /** What makes it true. */
  readonly remedy: string;
  readonly commands?: readonly string[];
}

/** Something that cannot be undone. */
export interface Irreversible {
  readonly what: string;
  /** From this phase on. */
  readonly from: Exclude<PromotionPhase, 'rollback'>;
  readonly why: string;
}

/** US dollars a month at list prices, with two decimals. */
export interface PlannedCost {
  readonly before: string;
  /** While both run. */
  readonly during: string;
  readonly after: string;
}

/** How long writes stand still at the cutover, in milliseconds. Null where no figure can be given. */
export interface PlannedPause {
  readonly typicalMs: number | null;
  readonly worstMs: number | null;
  /** What the figures are of, and pauses that are the provider's. */
  readonly note: string;
}

/** Whether the target carries the load, and with how much to spare. */
export interface CapacityProof {
  readonly dailyUsers: number;
  /** How many times the load it carries. */
  readonly headroom: number;
  readonly required: number;
  readonly carries: boolean;
  /** The limit that binds first. */
  readonly binding: string | null;
}

/** The whole way from one tier to another, before anything is touched. */
export interface PromotionPlan {
  readonly environment: string;
  readonly from: TierId;
  readonly to: TierId;
  readonly platform: PlatformId;
  /** Where it runs now; the same as `platform` unless it moves. */
  readonly fromPlatform: PlatformId;
  readonly prerequisites: readonly Prerequisite[];
  readonly components: readonly PlannedComponent[];
  readonly phases: readonly PlannedPhase[];
  readonly pause: PlannedPause;
  readonly cost: PlannedCost;
  readonly irreversible: readonly Irreversible[];
  readonly capacity: CapacityProof;
  /** Generations of the environment file at the end. */
  readonly generations: Generations;
  /** What the figures rest on: each fact with where it comes from. */
  readonly assumptions: readonly string[];
}

/** Something that forbids a move, with what to do about it. */
export interface Blocker extends Problem {
  readonly remedy: string;
}

/** One step of a mover. `done` reads facts, never a journal; `act` may run any number of times. */
export interface MoveStep {
  readonly name: string;
  done(): Promise<boolean>;
  act(): Promise<void>;
}

/** One of the two places that data is moved between. */
export type SideName = 'source' | 'target';

/** Where a move stands, told by what holds the data, never by a journal. */
export interface MoveStanding {
  /** The side that writes belong to. */
  readonly open: SideName;
  /**
   * The last thing that is done, in words of the mover's own: `copied`. Three have one meaning everywhere: `not begun` before the copy and after
   * `cleanUp`; `fenced`, `opened`, `routed`, `reversing` for a change of sides that was cut off; `unknown` where nobody answers.
   */
  readonly state: string;
  /** Whether both sides were found to hold the same after the last change of sides. */
  readonly verified: boolean;
  /** Whether the way back is open without a loss, and why. */
  readonly reversible: { readonly yes: boolean; readonly because: string };
}

/**
 * Moves one component's data from where it is to where it will be. Each of these goes on from what is true, and may run any number of times;
 * in this order they are a promotion, and at any point up to `cleanUp` the way back is `reverse`.
 */
export interface Mover {
  /** What is moved: `database`, `cache`. */
  readonly id: string;
  readonly method: MoveMethod;
  /** Everything that forbids the move, each with its remedy; changes nothing. */
  preflight(): Promise<readonly Blocker[]>;
  /** Fills the new side while the old one takes writes. @throws `PROMOTION_BLOCKED` with all that preflight says, before anything is touched */
  copy(): Promise<void>;
  /** Waits until the new side is so near that a cutover is short. */
  catchUp(): Promise<void>;
  /** Gives writes to the new side, at one commit point: what fails before it leaves the old side open. */
  cutOver(): Promise<void>;
  /** What differs between the sides, a sentence each; empty when both hold the same. */
  verify(): Promise<readonly string[]>;
  /** Gives writes back to the old side, or lets them go again there. @throws `PROMOTION_ONE_WAY` where that would lose some */
  reverse(): Promise<void>;
  /** Takes away what was made for moving; data stays on both sides. Afterwards there is no way back. */
  cleanUp(): Promise<void>;
  standing(): Promise<MoveStanding>;
}
