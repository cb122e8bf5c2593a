import type { Component, ComponentKind } from '../../../components/component';

/** Kinds that have a construct on DigitalOcean. Apart from the constructs themselves, so that asking does not load the provider. */
export const digitaloceanKinds = [
  'network',
  'configuration',
  'backup',
  'object-storage',
  'frontend',
  'database',
  'read-replicas',
  'cache',
  'inference',
  'gpu-pool',
  'load-balancer',
  'app-servers',
  'dns',
  'monitoring',
] as const satisfies readonly ComponentKind[];

/** Whether DigitalOcean has a construct for a component as specified. */
export function builds(component: Component): boolean {
  return (digitaloceanKinds as readonly ComponentKind[]).includes(component.kind) && !('runtime' in component && component.runtime === 'pod');
}
