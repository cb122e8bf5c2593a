import type { ResourceGraph } from '../../graph';
import type { StackChange } from '../change';
import type { Diagram, DiagramNode } from './model';

/** More components than this are no picture any more. */
const most = 30;

/** The components of one side and who refers to whom; undefined where there is nothing to draw. */
export function diagramOf(stacks: readonly StackChange[], side: 'before' | 'after', dangerous: ReadonlySet<string>): Diagram | undefined {
  const graphs = stacks.flatMap((stack) => stack[side] ?? []);
  const other = new Set(
    stacks.flatMap((stack) => (side === 'before' ? stack.after : stack.before)?.resources.map(({ component }) => component) ?? []),
  );
  const changed = new Set(
    stacks.flatMap(({ changes }) => changes.filter(({ action }) => action !== 'no-op').map(({ component }) => component)),
  );
  const counts = countedComponents(graphs);
  if (counts.size === 0) return undefined;
  const nodes = [...counts].map(([component, resources]): DiagramNode => ({
    component,
    resources,
    state: dangerous.has(component)
      ? 'danger'
      : !other.has(component)
        ? side === 'before'
          ? 'removed'
          : 'added'
        : changed.has(component)
          ? 'changed'
          : 'same',
  }));
  const shown = [...nodes]
    .sort((a, b) => weights[b.state] - weights[a.state] || b.resources - a.resources || (a.component < b.component ? -1 : 1))
    .slice(0, most);
  const names = new Set(shown.map(({ component }) => component));
  return {
    nodes: shown.sort((a, b) => (a.component < b.component ? -1 : 1)),
    edges: edgesOf(graphs, names),
    left: nodes.length - shown.length,
  };
}

const weights: Readonly<Record<DiagramNode['state'], number>> = { danger: 3, removed: 2, added: 2, changed: 1, same: 0 };

function countedComponents(graphs: readonly ResourceGraph[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { component } of graphs.flatMap(({ resources }) => resources)) counts.set(component, (counts.get(component) ?? 0) + 1);
  return counts;
}

function edgesOf(graphs: readonly ResourceGraph[], names: ReadonlySet<string>): Diagram['edges'] {
  const edges = new Map<string, { readonly from: string; readonly to: string }>();
  for (const graph of graphs) {
    for (const node of graph.resources) {
      for (const address of node.references) {
        const to = graph.get(address)?.component;
        if (to === undefined || to === node.component || !names.has(to) || !names.has(node.component)) continue;
        edges.set(JSON.stringify([node.component, to]), { from: node.component, to });
      }
    }
  }
  return [...edges.values()].sort((a, b) => (a.from + a.to < b.from + b.to ? -1 : 1)).slice(0, most * 3);
}
