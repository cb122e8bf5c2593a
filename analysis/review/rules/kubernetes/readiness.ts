import type { Rule } from '../../types';
import { everyOf } from '../conditions';
import { inEach, inPods, services } from './pods';

export const readiness: Rule = {
  id: 'TRC-K8S-004',
  severity: 'low',
  summary: 'A container is never asked whether it is ready.',
  why: 'It gets visitors before it can answer them, in every release.',
  remedy: 'Set readiness_probe, and a liveness_probe for what may hang.',
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
  checkov: ['CKV_K8S_9'],
  breaches: everyOf(
    services,
    inPods((pod) => inEach(`${pod}.container`, 'readiness_probe')),
  ),
};
