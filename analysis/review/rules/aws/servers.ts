import type { ResourceGraph, ResourceNode } from '../../../graph/types';
import { allOf, anyOf, type Condition } from '../conditions';
import { usersOf } from '../pointers';
import { visible } from '../read';

/** What starts a server, or says how servers start. */
export const serverTypes: readonly string[] = ['aws_instance', 'aws_launch_template', 'aws_launch_configuration'];

/**
 * A condition on what a server starts with. What an instance does not state itself it takes from its launch template; a template that
 * only single instances use is judged there.
 * @param own arguments by which an instance decides for itself
 */
export function starting(own: readonly string[], condition: Condition): Condition {
  return (node, graph) => {
    if (node.type === 'aws_instance' && own.every((name) => visible(node, name).length === 0))
      return anyOf(condition, everyTemplate(condition))(node, graph);
    return node.type === 'aws_launch_template' && onlyForInstances(node, graph) ? true : condition(node, graph);
  };
}

/** The templates of an instance, of which there must be one. */
function everyTemplate(condition: Condition): Condition {
  return (node, graph) => {
    const templates = graph.referenced(node, 'launch_template').filter(({ type }) => type === 'aws_launch_template');
    return (
      templates.length > 0 &&
      allOf(
        ...templates.map(
          (template): Condition =>
            () =>
              condition(template, graph),
        ),
      )(node, graph)
    );
  };
}

function onlyForInstances(template: ResourceNode, graph: ResourceGraph): boolean {
  const users = usersOf(template, graph);
  return users.length > 0 && users.every(({ type }) => type === 'aws_instance');
}
