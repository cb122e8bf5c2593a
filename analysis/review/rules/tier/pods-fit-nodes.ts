import type { Rule } from '../../types';
import { askedBy, autoscalers, roomOf } from './autoscaling';

/**
 * The upper bound of every autoscaler times what its pods ask for, against all nodes at their upper bound. Pods that ask for a GPU
 * are left out: they have nodes of their own. What the system keeps of each node is not taken off, so that this is a bound that
 * must hold and not a promise that all will fit.
 */
export const podsFitNodes: Rule = {
  id: 'TRC-TIER-006',
  severity: 'medium',
  summary: 'The pods that autoscaling may start do not fit the nodes that there may be.',
  why: 'At the peak, pods wait for a node that never comes, and the upper bound is a promise that nobody keeps.',
  remedy: "Raise the nodes' upper bound, or lower max_replicas or the requests.",
  link: 'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',
  breaches: (input) => {
    const room = roomOf(input);
    const asked = askedBy(input.graph);
    if (room === undefined || asked === undefined || (asked.vcpus <= room.vcpus && asked.memoryGib <= room.memoryGib)) return [];
    const detail = `They ask for ${asked.vcpus} vCPU and ${asked.memoryGib} GiB; the nodes have at most ${room.vcpus} vCPU and ${room.memoryGib} GiB.`;
    return input.graph.ofType(...autoscalers).map(({ address }) => ({ address, detail }));
  },
};
