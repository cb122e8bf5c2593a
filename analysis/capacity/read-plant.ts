import type { Count } from '../../components/app-servers';
import type { PlatformId, Tier } from '../../tiers/tier';
import type { ResourceGraph } from '../graph/types';
import type { Plant, Servers } from './plant';
import { readAws } from './read-aws';
import { readDigitalOcean } from './read-digitalocean';

/**
 * The plant of a tier: its components, and the machines that its resources make of them.
 * @throws TerraceError `CATALOG_NAME_UNKNOWN` for a size that the catalog does not have
 */
export function plantOf(tier: Tier, graph: ResourceGraph, platform: PlatformId = 'digitalocean'): Plant {
  const read = platform === 'aws' ? readAws(graph, tier) : readDigitalOcean(graph);
  return { platform, tier, ...read, servers: { ...podsOf(tier), ...read.servers } };
}

/** Of a node's network, what one of its pods has: assumption, four pods a node of 2 Gbit/s. */
const podMbit = 500;

/** Pods are machines too, made by the layer that runs in the clusters; their size is the tier's own. */
function podsOf({ components }: Tier): Record<string, Servers> {
  const pods = components.flatMap((each) => (each.kind === 'app-servers' && each.runtime === 'pod' ? [each] : []));
  return Object.fromEntries(
    pods.map(({ id, count, vcpus, memoryGib }) => [
      id,
      { size: `pod of ${vcpus} vCPU`, ...bounds(count), vcpus, memoryGib, dedicated: true, networkMbit: podMbit },
    ]),
  );
}

function bounds(count: Count): Pick<Servers, 'count' | 'least'> {
  return 'fixed' in count ? { count: count.fixed } : { count: count.max, least: count.min };
}
