import { enginePlaces, type DistributedEngine } from '../../../components/distributed-database';
import type { Component } from '../../../components/component';

/** Whether the part of a tier that stands at Google has a construct for a component. No environment is at home there. */
export function builds(component: Component): boolean {
  // Nodes with cards, in the cluster there.
  if (component.kind === 'audit-log' || component.kind === 'gpu-pool') return true;
  if (component.kind === 'kubernetes-cluster') return component.clouds.includes('google');
  return component.kind === 'distributed-database' && Object.keys(component.offers).some(standsHere);
}

function standsHere(engine: string): boolean {
  return enginePlaces[engine as DistributedEngine] === 'google';
}
