import type { Rule } from '../../types';
import type { ResourceGraph } from '../../../graph/types';
import { recordedTierAddress } from '../../../graph';

/** The file's word `disposable` takes `prevent_destroy` off everything, beginning with the recorded tier. */
export const madeDisposable: Rule = {
  id: 'TRC-TIER-005',
  severity: 'high',
  summary: 'The environment becomes disposable, and was not.',
  why: 'Every protection of its data is taken off in this one step: the next wrong plan destroys it.',
  remedy: 'Take "disposable" out of the environment file, unless the environment is to be destroyed now and its data is saved.',
  link: 'https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#prevent_destroy',
  breaches: ({ graph, before }) =>
    isKept(before) &&
    graph.get(recordedTierAddress) !== undefined &&
    !isKept(graph) &&
    graph.resources.every(({ action }) => action === undefined)
      ? [{ address: recordedTierAddress }]
      : [],
};

function isKept(graph: ResourceGraph | undefined): boolean {
  return graph?.get(recordedTierAddress)?.lifecycle?.preventDestroy === true;
}
