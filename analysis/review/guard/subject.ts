import type { ResourceGraph, ResourceNode } from '../../graph';
import type { ResourceChange, StackChange } from '../change';

/** A change with both sides. */
export type KeptChange = ResourceChange & { readonly before: ResourceNode; readonly after: ResourceNode };

/** The changes of what is there before and after, replaced ones too. */
export function keptChanges({ changes }: StackChange): readonly KeptChange[] {
  return changes.filter((change): change is KeptChange => change.before !== undefined && change.after !== undefined);
}

/** Those of which something is known on both sides from configurations: what protects them beside their arguments. */
export function isConfigured(change: KeptChange): boolean {
  return change.before.configured !== undefined && change.after.configured !== undefined;
}

/** Addresses after the change of what was there before. */
export function addressesKept(change: StackChange): ReadonlyMap<string, string> {
  return new Map(keptChanges(change).map(({ before, address }) => [before.address, address]));
}

/** An empty graph where there is none. */
export function resourcesIn(graph: ResourceGraph | undefined): readonly ResourceNode[] {
  return graph?.resources ?? [];
}
