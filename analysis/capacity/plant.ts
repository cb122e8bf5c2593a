import type { ResourceGraph } from '../graph/types';
import type { Count } from '../../components/app-servers';
import type { PlatformId, Tier } from '../../tiers/tier';
import { readAws } from './read-aws';
import { readDigitalOcean } from './read-digitalocean';

/** Servers of a component, all alike. */
export interface Servers {
  /** Size, as the platform calls it. */
  readonly size: string;
  /** The most there are at once. */
  readonly count: number;
  /** The fewest, where their number follows the load. @default - `count` */
  readonly least?: number;
  /** Of each. */
  readonly vcpus: number;
  readonly memoryGib: number;
  /** Whether its CPUs are its own. */
  readonly dedicated: boolean;
  /** Of each, in Mbit/s. */
  readonly networkMbit: number;
}

/** A managed database, SQL or cache. */
export interface ManagedNodes {
  readonly size: string;
  /** The primary and its standbys. */
  readonly nodes: number;
  readonly vcpus: number;
  readonly memoryGib: number;
  /** Connections that the primary leaves to applications, where the vendor says so. */
  readonly usableConnections: number | undefined;
  /** Connections of each pool of the platform. */
  readonly pools: readonly number[];
}

/** What stands there, by component: machines and their sizes, read from resources, with no word about load. */
export interface Plant {
  readonly platform: PlatformId;
  readonly tier: Tier;
  readonly servers: Readonly<Record<string, Servers>>;
  readonly managed: Readonly<Record<string, ManagedNodes>>;
  /** GiB of the data volume. */
  readonly volumes: Readonly<Record<string, number>>;
  /** Nodes of a load balancer. */
  readonly balancers: Readonly<Record<string, number>>;
}

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
  return Object.fromEntries(pods.map(({ id, count, vcpus, memoryGib }) => [id, { size: `pod of ${vcpus} vCPU`, ...bounds(count), vcpus, memoryGib, dedicated: true, networkMbit: podMbit }]));
}

function bounds(count: Count): Pick<Servers, 'count' | 'least'> {
  return 'fixed' in count ? { count: count.fixed } : { count: count.max, least: count.min };
}
