import type { Component } from './component';
import { nodesWith, type ServiceNeeds } from './services';

/** The components of a tier in which these services run beside the app: told of with it, and with nodes for them on top of its own. */
export function withServices(components: readonly Component[], services: readonly ServiceNeeds[]): readonly Component[] {
  if (services.length === 0 || components.every(({ kind }) => kind !== 'kubernetes-cluster')) return components;
  return components.map((each) => {
    if (each.kind === 'app-servers') return { ...each, services };
    return each.kind === 'kubernetes-cluster' ? { ...each, nodes: nodesWith(each, services) } : each;
  });
}
