import { kafkaLayouts } from '../../../catalog/digitalocean/kafka';
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
  'event-stream',
  'inference',
  'gpu-pool',
  'kubernetes-cluster',
  'sharded-database',
  'global-load-balancer',
  'load-balancer',
  'app-servers',
  'dns',
  'monitoring',
] as const satisfies readonly ComponentKind[];

/** Whether DigitalOcean has a construct for a component as specified. Pods take one too: what runs in a cluster is a layer of its own. */
export function builds(component: Component): boolean {
  const elsewhere = component.kind === 'kubernetes-cluster' && component.clouds.some((cloud) => cloud !== 'digitalocean');
  // Its Valkey has no cluster mode.
  const spread = component.kind === 'cache' && (component.shards ?? 1) > 1;
  const unsold = component.kind === 'event-stream' && !kafkaLayouts.some(({ brokers }) => brokers === component.brokers);
  return (digitaloceanKinds as readonly ComponentKind[]).includes(component.kind) && !elsewhere && !spread && !unsold;
}
