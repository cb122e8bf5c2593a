import type { CheckedLoad } from '../../analysis/capacity';
import type { ResourceGraph } from '../../analysis/graph';
import type { ComponentChange, Generations } from '../../components/change';
import type { PlatformId, Tier } from '../../tiers/tier';
import type { Facts } from './facts';

/** What a plan needs to know of an environment. */
export interface PlannedEnvironment {
  readonly name: string;
  readonly platform: PlatformId;
  readonly budget?: string;
  /** Whether anyone is told of alerts. */
  readonly alerts: boolean;
  /** Whether its state lies on one machine only. */
  readonly localState: boolean;
  readonly disposable: boolean;
}

/** What Terraform makes, changes and gives up on the way: what synthesis of each phase says. */
export interface PlannedResources {
  readonly before: ResourceGraph;
  /** While both sides stand. */
  readonly during: ResourceGraph;
  readonly after: ResourceGraph;
  readonly forgotten: readonly string[];
  readonly deleted: readonly string[];
}

export interface PlanInput {
  readonly environment: PlannedEnvironment;
  readonly from: Tier;
  readonly to: Tier;
  /** Where it runs afterwards. */
  readonly platform: PlatformId;
  readonly region: string;
  /** Further regions that were named for the target. @default - those of the environment */
  readonly regions?: readonly string[];
  readonly reversible: boolean;
  readonly changes: readonly ComponentChange[];
  readonly generations: Generations;
  readonly resources: PlannedResources;
  readonly load: CheckedLoad;
  readonly facts: Facts;
  /** What else it was asked with, as a shell takes it: `--facts facts.yaml`. The commands that begin it repeat it. */
  readonly words?: readonly string[];
}
