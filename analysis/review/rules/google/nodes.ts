import { allOf, anyOf, type Condition, is, not } from '../conditions';

/** Whether a cluster has nodes of its own beside its pools: not where it gives up its first pool, nor where Google runs them all. */
const withoutOwnNodes: Condition = anyOf(is('remove_default_node_pool', true), is('enable_autopilot', true));

/** Whatever starts nodes at Google, with a condition on what they start with. */
export function nodePools(condition: Condition): readonly [readonly string[], Condition] {
  return [
    ['google_container_node_pool', 'google_container_cluster'],
    (node, graph) =>
      node.type === 'google_container_node_pool'
        ? condition(node, graph)
        : anyOf(withoutOwnNodes, allOf(not(withoutOwnNodes), condition))(node, graph),
  ];
}
