import type { Component, ComponentOf } from '../components/component';
import type { DatabaseEngine } from '../components/distributed-database';

/** Tiers of the default ladder, lowest first. */
export const tierIds = ['tier1', 'tier2', 'tier3', 'tier4', 'tier5', 'tier6'] as const;

export type TierId = (typeof tierIds)[number];

/** Where components become resources. */
export const platforms = ['digitalocean', 'aws', 'google'] as const;

export type PlatformId = (typeof platforms)[number];

/** What can be lost with a database, and how long it takes until it is back. Times in minutes. */
export interface Recovery {
  /** The most minutes of writes that a lost database can cost (recovery point objective). */
  readonly rpoMinutes: number;
  /** The same when its home region is lost with it; null where nothing of it is kept elsewhere. @default - not stated */
  readonly regionRpoMinutes?: number | null;
  /** The minutes until the product runs again from a backup (recovery time objective); null where nobody has practised it. */
  readonly rtoMinutes: number | null;
}

/** What an engine of the tier's database gives back. */
export interface EngineRecovery extends Required<Recovery> {
  /** What is otherwise with a witness in a third region. @default - it has none */
  readonly witnessed?: Partial<Recovery>;
  /** Where the figures come from, and which of them are assumptions. */
  readonly reason: string;
}

/** What a tier promises. Times in minutes. */
export interface Objectives extends Recovery {
  /** Share of a month in which the product answers, in percent. */
  readonly availabilityPercent: string;
  /** Where the engine of the database decides: what each gives back. @default - the figures above hold for all */
  readonly byEngine?: Readonly<Record<DatabaseEngine, EngineRecovery>>;
  /** Why these figures and not the document's. */
  readonly note: string;
}

/** Where the roadmap's own configuration is not what we deploy, and why. */
export interface Deviation {
  /** Id of the component in `components`. */
  readonly component: string;
  readonly stated: string;
  readonly deployed: string;
  readonly reason: string;
  /** Line range in the roadmap's document. */
  readonly lines: string;
}

/** Which component a cost line of the document pays for, and why its list price is another. */
export interface StatedCost {
  /** Id of the cost line in the roadmap's tier. */
  readonly line: string;
  /** Id of the component that it pays for. */
  readonly component: string;
}

/** Why a component's list price differs from what the document states for it; a component it does not price counts as 0. */
export interface CostExplanation {
  readonly component: string;
  /** Where it is so. @default - 'digitalocean', which the document has in mind */
  readonly platform?: PlatformId;
  readonly reason: string;
}

/** What runs for a range of load. Pure data: nothing outside `tiers/` asks which tier it is in. */
export interface Tier {
  readonly id: TierId;
  /** Id of the roadmap, and of the roadmap's tier that this one deploys. */
  readonly roadmap: string;
  readonly stated: string;
  readonly name: string;
  /** Users a day that the tier is for. */
  readonly dailyUsers: number;
  readonly components: readonly Component[];
  /** What an environment may have beside them, if it asks for it by name. @default - nothing */
  readonly optional?: readonly ComponentOf<'event-stream'>[];
  readonly objectives: Objectives;
  readonly deviations: readonly Deviation[];
  readonly statedCosts: readonly StatedCost[];
  readonly costExplanations: readonly CostExplanation[];
  /** Platforms that the tier is meant for, the default first. */
  readonly platforms: readonly PlatformId[];
}
