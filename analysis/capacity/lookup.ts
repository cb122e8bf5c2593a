import type { ComponentKind, ComponentOf } from '../../components/component';
import { noSuchMachine } from './errors';
import type { ManagedNodes, Plant, Servers } from './plant';

/** The component of a kind, where the tier has one. */
export function componentIn<Kind extends ComponentKind>({ tier }: Plant, kind: Kind): ComponentOf<Kind> | undefined {
  return tier.components.find((component): component is ComponentOf<Kind> => component.kind === kind);
}

/** @throws `CAPACITY_NO_MACHINE` */
export function serversIn(plant: Plant, id: string): Servers {
  const servers = plant.servers[id];
  if (servers === undefined) throw noSuchMachine(id, 'server');
  return servers;
}

/** @throws `CAPACITY_NO_MACHINE` */
export function nodesIn(plant: Plant, id: string): ManagedNodes {
  const nodes = plant.managed[id];
  if (nodes === undefined) throw noSuchMachine(id, 'managed database');
  return nodes;
}
