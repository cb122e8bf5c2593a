import type { ResourceNode } from '../../../graph/types';
import { isObject } from '../../../graph/json';
import type { Condition } from '../conditions';
import { leaves, read } from '../read';

/** These types, with and without the version that the provider puts behind them. */
export function versions(...types: readonly string[]): readonly string[] {
  return types.flatMap((type) => [type, `${type}_v1`]);
}

/** What answers requests for as long as it runs. */
export const services: readonly string[] = versions('kubernetes_deployment', 'kubernetes_stateful_set');

/** Everything that runs pods. */
export const workloads: readonly string[] = [
  ...services,
  ...versions('kubernetes_daemon_set', 'kubernetes_job', 'kubernetes_pod', 'kubernetes_cron_job'),
  'kubernetes_daemonset',
];

/** A condition on the pods that a resource runs, given the path of their specification. */
export function inPods(condition: (pod: string) => Condition): Condition {
  const [template, scheduled, bare] = ['spec.template.spec', 'spec.job_template.spec.template.spec', 'spec'].map(condition);
  return (node, graph) => chosen(node, template, scheduled, bare)?.(node, graph);
}

function chosen(node: ResourceNode, template?: Condition, scheduled?: Condition, bare?: Condition): Condition | undefined {
  if (/cron_job/.test(node.type)) return scheduled;
  return /_pod(?:_v1)?$/.test(node.type) ? bare : template;
}

/** Each block at a path has something at a path of its own. Unknown where a part of it is. */
export function inEach(blocks: string, member: string): Condition {
  return (node) => {
    const known = read(node, blocks);
    const found = leaves(node.values, blocks.split('.')).filter(isObject);
    const complete = found.length > 0 && found.every((block) => leaves(block, member.split('.')).length > 0);
    return complete || known !== undefined ? complete : undefined;
  };
}
