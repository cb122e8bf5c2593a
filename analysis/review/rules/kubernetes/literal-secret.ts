import type { Rule } from '../../types';
import { everyOf } from '../conditions';
import { visible } from '../read';
import { isObject } from '../../../graph/json';
import type { Condition } from '../conditions';
import { versions } from './pods';

/** From a synthesized configuration only: a plan holds the values of variables too. */
export const literalSecret: Rule = {
  id: 'TRC-K8S-007',
  severity: 'high',
  summary: 'A secret is written in the configuration.',
  why: 'Everyone who can read the repository, a plan or the state can read it.',
  remedy: 'Let external-secrets or a CSI driver bring it in, or take it from a sensitive variable.',
  link: 'https://kubernetes.io/docs/concepts/configuration/secret/',
  breaches: everyOf(versions('kubernetes_secret'), (node, graph) =>
    node.action === undefined && node.configured !== undefined ? allUnknown('data')(node, graph) : undefined,
  ),
};

/** Nothing at this path is a value that stands there already. */
function allUnknown(path: string): Condition {
  return (node) =>
    visible(node, path)
      .filter(isObject)
      .every((data) => Object.keys(data).every((key) => node.unknown.some((each) => each === path || each.endsWith(`${path}.${key}`))));
}
