import type { Rule } from '../../types';
import { everyOf, has, holding, when } from '../conditions';
import { isWorld } from '../network';
import { versions } from './pods';

export const openBalancer: Rule = {
  id: 'TRC-K8S-011',
  severity: 'low',
  summary: 'The service answers the whole internet through a load balancer of its own.',
  why: 'It passes by the ingress, with its certificates, its limits and its firewall; and each such balancer is paid for.',
  remedy: 'Use type ClusterIP behind the ingress, or set load_balancer_source_ranges.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer',
  breaches: everyOf(
    versions('kubernetes_service'),
    when(
      has('spec.type', 'LoadBalancer'),
      holding('spec.load_balancer_source_ranges', (ranges) => ranges.length > 0 && !ranges.some(isWorld)),
    ),
  ),
};
