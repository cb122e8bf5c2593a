import type { JsonValue, ResourceGraph, ResourceNode } from '../graph/types';

/** Resources of one type in one component: at least one. */
export type Some = readonly [ResourceNode, ...ResourceNode[]];

/** What the resources of a type say, by component. */
export function byComponent<T>(graph: ResourceGraph, type: string, read: (nodes: Some) => T): Readonly<Record<string, T>> {
  const groups = new Map<string, [ResourceNode, ...ResourceNode[]]>();
  for (const node of graph.ofType(type)) {
    const group = groups.get(node.component);
    if (group === undefined) groups.set(node.component, [node]);
    else group.push(node);
  }
  return Object.fromEntries([...groups].map(([component, nodes]) => [component, read(nodes)]));
}

/** A text; empty where it is not known. */
export function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** A number; 0 where it is not known. */
export function numberOf(value: JsonValue | undefined): number {
  return typeof value === 'number' ? value : 0;
}
