import { model } from '../../catalog/models';
import type { Component, ComponentKind, ComponentOf } from '../../components/component';
import { countText } from '../../components/title';
import type { Tier } from '../../tiers/tier';
import { counted } from '../../values/counted';

type Words = { readonly [Kind in ComponentKind]: ((component: ComponentOf<Kind>) => string) | 'everywhere' };

/** A component in two or three words. Kinds that every tier has say nothing about a tier. */
const words: Words = {
  network: 'everywhere',
  configuration: 'everywhere',
  'object-storage': 'everywhere',
  backup: 'everywhere',
  monitoring: 'everywhere',
  dns: 'everywhere',
  'load-balancer': () => 'load balancer',
  'global-load-balancer': () => 'global load balancer',
  'kubernetes-cluster': ({ regions, clouds }) =>
    clouds.length > 1 ? `Kubernetes in ${clouds.length} clouds` : `Kubernetes in ${regions} regions`,
  'app-servers': ({ runtime, count }) => (runtime === 'pod' ? `${countText(count)} app pods` : counted(countText(count), 'app server')),
  database: ({ hosting }) =>
    hosting.hosting === 'server' ? 'PostgreSQL on a volume' : `managed PostgreSQL${hosting.nodes > 1 ? ' with a standby' : ''}`,
  'read-replicas': ({ count }) => `${count} read replicas`,
  'sharded-database': ({ shards }) => `PostgreSQL in ${shards} shards`,
  'distributed-database': () => 'distributed SQL',
  cache: ({ shards = 1, nodes }) => (shards > 1 ? `Valkey in ${shards} shards` : nodes > 1 ? `Valkey on ${nodes} nodes` : 'Valkey'),
  inference: ({ model: id, host }) => `a ${parameters(id)} model ${host.placement === 'own' ? 'on its own server' : 'beside the app'}`,
  'gpu-pool': ({ count }) => `${count} GPU servers`,
  frontend: () => 'CDN',
  'event-stream': () => 'event stream',
  'edge-compute': () => 'edge functions',
  'ml-pipeline': () => 'batch jobs on GPUs',
  'audit-log': () => 'audit log',
};

/** What runs at a tier, in a few words for each component that tells it from another tier. */
export function summaryOf(tier: Tier): readonly string[] {
  return tier.components.flatMap(wordsFor);
}

function wordsFor(component: Component): readonly string[] {
  const word = words[component.kind] as ((component: Component) => string) | 'everywhere';
  return word === 'everywhere' ? [] : [word(component)];
}

function parameters(id: string): string {
  return `${Math.floor(model(id).parametersBillion)}B`;
}
