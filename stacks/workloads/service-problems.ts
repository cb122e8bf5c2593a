import { roomOnNode } from '../../components/services';
import type { Environment } from '../../environments/schema';
import type { Tier } from '../../tiers/tier';
import type { Problem } from '../../values/errors';
import { component } from '../platforms/naming';
import { serviceTooLarge } from './errors';

/** Services of which no pod would ever find a node, whatever their number. */
export function serviceProblems({ services = {} }: Pick<Environment, 'services'>, tier: Tier): readonly Problem[] {
  const cluster = component(tier, 'kubernetes-cluster');
  if (cluster === undefined) return [];
  const room = roomOnNode(cluster);
  return Object.entries(services)
    .filter(([, { vcpus, memoryGib }]) => vcpus > room.vcpus || memoryGib > room.memoryGib)
    .map(([name, service]) => serviceTooLarge(tier.id, name, service, room));
}
