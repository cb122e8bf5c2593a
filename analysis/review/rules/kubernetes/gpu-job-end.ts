import { isObject } from '../../../graph/json';
import type { Rule } from '../../types';
import { anyOf, type Condition, everyOf, holding, stated, when } from '../conditions';
import { inPods, versions } from './pods';

/** Cards are asked for by limits alone: `nvidia.com/gpu`, `amd.com/gpu`. */
const asksForCards = (pod: string): Condition =>
  holding(`${pod}.container.resources.limits`, (limits) =>
    limits.some((each) => isObject(each) && Object.keys(each).some((name) => name.endsWith('/gpu'))),
  );

export const gpuJobEnd: Rule = {
  id: 'TRC-K8S-013',
  severity: 'low',
  summary: 'A job with GPUs has no deadline.',
  why: 'One that hangs keeps its node for as long as nobody looks, and a node with a card costs hundreds to thousands of dollars a month.',
  remedy: 'Set active_deadline_seconds of the job to what the longest run may take.',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup',
  breaches: everyOf(
    versions('kubernetes_job', 'kubernetes_cron_job'),
    when(
      inPods(asksForCards),
      anyOf(
        stated('spec.active_deadline_seconds'),
        stated('spec.job_template.spec.active_deadline_seconds'),
        inPods((pod) => stated(`${pod}.active_deadline_seconds`)),
      ),
    ),
  ),
};
