import type { ResourceGraph, ResourceNode } from '../../graph';
import type { ConfigurationFacts } from '../configuration';

/** What happens to a resource. `move`: only its address changes. */
export type ChangeAction = 'create' | 'update' | 'replace' | 'delete' | 'forget' | 'move' | 'no-op';

/** One resource before and after. */
export interface ResourceChange {
  /** After the change; of what goes, as it was. */
  readonly address: string;
  /** Where it was, when it moves. */
  readonly previousAddress?: string;
  readonly type: string;
  readonly component: string;
  readonly action: ChangeAction;
  readonly before?: ResourceNode;
  readonly after?: ResourceNode;
  /** Paths of attributes that differ, with indices, sorted. */
  readonly changed: readonly string[];
  /** Attributes that force the replacement. */
  readonly because: readonly string[];
  /** Why a replacement is not certain; absent where it is, and where there is none. */
  readonly doubt?: string;
}

/** A stack before and after. */
export interface StackChange {
  readonly stack: string;
  readonly changes: readonly ResourceChange[];
  /** Absent for a stack that is new. */
  readonly before?: ResourceGraph;
  /** Absent for a stack that is no more. */
  readonly after?: ResourceGraph;
  /** What the configurations say beside their resources, where they were given. */
  readonly factsBefore?: ConfigurationFacts;
  readonly factsAfter?: ConfigurationFacts;
  /** Whether a plan said what happens, or two configurations alone. */
  readonly planned: boolean;
}
