import type { PlatformId, Tier } from '../../tiers/tier';

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
  /** The primary and its standbys; of each shard, where there are several. */
  readonly nodes: number;
  /** Parts of a cache that hold different keys. @default 1 */
  readonly shards?: number;
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
