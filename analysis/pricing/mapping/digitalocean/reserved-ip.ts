import type { ResourceGraph, ResourceNode } from '../../../graph/types';
import { attributesOf, isSet } from '../read';
import { free, monthly, priced } from '../results';
import type { Mapping, MappingResult } from '../types';
import { product } from './products';

/** A reserved address: free while a droplet holds it. */
export const reservedIp: Mapping = { type: 'digitalocean_reserved_ip', map: mapAddress('digitalocean_reserved_ip_assignment') };

/** The same under its former name. */
export const floatingIp: Mapping = { type: 'digitalocean_floating_ip', map: mapAddress('digitalocean_floating_ip_assignment') };

function mapAddress(assignmentType: string): Mapping['map'] {
  return (node, graph): MappingResult => {
    const assigned = isSet(attributesOf(node), 'droplet_id') || isAssigned(node, graph, assignmentType);
    if (assigned) return free('an assigned reserved IP is free');
    return priced(monthly('reserved IP without a droplet', product('reserved-ip', 'unassigned')));
  };
}

function isAssigned(node: ResourceNode, graph: ResourceGraph, assignmentType: string): boolean {
  return graph
    .ofType(assignmentType)
    .some((assignment) => graph.referenced(assignment, 'ip_address').includes(node) || sameAddress(assignment, node));
}

/** In a state the assignment holds the address itself. */
function sameAddress(assignment: ResourceNode, node: ResourceNode): boolean {
  const address = node.values['ip_address'];
  return typeof address === 'string' && assignment.values['ip_address'] === address;
}
