import { bodies, textAt } from '../../../graph/json';
import type { ResourceNode } from '../../../graph/types';
import { perGraph } from '../per-graph';
import type { Place } from '../place';
import { attributesOf, type Block } from '../read';

/** The launch template or configuration that an argument names: by reference, or in a state by id or name. */
export function templateOf(at: Place, argument: string): Block | undefined {
  const [referenced] = at.graph.referenced(at.node, argument).filter(isTemplate);
  const found = referenced ?? namesOf(at, argument).flatMap((name) => templates(at.graph).get(name) ?? [])[0];
  return found === undefined ? undefined : attributesOf(found);
}

/** Templates by id and by name. */
const templates = perGraph(
  (graph) =>
    new Map(
      graph
        .ofType('aws_launch_template', 'aws_launch_configuration')
        .flatMap((one) =>
          [textAt(one.values, 'name'), textAt(one.values, 'id')].flatMap((name) => (name === undefined ? [] : [[name, one] as const])),
        ),
    ),
);

function isTemplate(node: ResourceNode): boolean {
  return node.type === 'aws_launch_template' || node.type === 'aws_launch_configuration';
}

/** Ids and names within the block, or within the block of a mixed instances policy. */
function namesOf(at: Place, argument: string): readonly string[] {
  const value = at.node.values[argument];
  if (typeof value === 'string') return [value];
  const nested = bodies(value).flatMap((block) => [
    block,
    ...bodies(block['launch_template']),
    ...bodies(block['launch_template']).flatMap((inner) => bodies(inner['launch_template_specification'])),
  ]);
  return nested
    .flatMap((block) => [
      textAt(block, 'id'),
      textAt(block, 'launch_template_id'),
      textAt(block, 'name'),
      textAt(block, 'launch_template_name'),
    ])
    .filter((name) => name !== undefined);
}
