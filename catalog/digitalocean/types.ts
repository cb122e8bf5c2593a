import type { Dated } from '../types';

/** Product lines of droplets. `basic` is the regular shared-CPU line; spot GPU sizes can be taken back at any time. */
export type DropletFamily =
  | 'basic'
  | 'basic-amd'
  | 'basic-intel'
  | 'general-purpose'
  | 'cpu-optimized'
  | 'memory-optimized'
  | 'storage-optimized'
  | 'gpu'
  | 'gpu-spot';

/** A droplet size: what `digitalocean_droplet.size` accepts. */
export interface DropletSize extends Dated {
  readonly slug: string;
  readonly family: DropletFamily;
  readonly vcpus: number;
  readonly memoryGib: number;
  readonly diskGib: number;
  /** List price rounded to a whole dollar: for choosing between sizes. Bills come from the price book. */
  readonly monthlyUsdRounded: number;
  /** Outbound transfer included a month, in TB, where it is known. The allowance is pooled over a team's droplets. */
  readonly transfer: { readonly tb: number; readonly source: string } | undefined;
  /** The cards in it, with their memory together. */
  readonly gpu: { readonly count: number; readonly memoryGib: number } | undefined;
}

/** A region, and what is known to be sold there. */
export interface Region extends Dated {
  readonly slug: string;
  readonly name: string;
  /** Why no new environment can be put there. Undefined where one can. */
  readonly closed: string | undefined;
  /** Whether Spaces buckets can be made in it. */
  readonly spaces: boolean;
  /** The Spaces region to use from here: itself, or the nearest on the map. */
  readonly nearestSpaces: string;
  /** Managed database engines sold there. */
  readonly databaseEngines: readonly DatabaseEngine[];
}

/** Managed database engines that tiers use. */
export type DatabaseEngine = 'postgresql' | 'valkey' | 'kafka';

/** Product lines of managed databases, named as those of droplets. */
export type DatabaseFamily = 'basic' | 'basic-amd' | 'basic-intel' | 'general-purpose' | 'memory-optimized' | 'storage-optimized';

/** A managed database size: what `digitalocean_database_cluster.size` accepts. */
export interface DatabaseSize extends Dated {
  readonly slug: string;
  readonly family: DatabaseFamily;
  readonly vcpus: number;
  readonly memoryGib: number;
  /** The disk that comes with it, where sources agree. */
  readonly minimumStorageGib: number | undefined;
  /** Whether a cluster of this size may have a standby (two or three nodes). */
  readonly standby: boolean;
  /** Backend connections left for applications on PostgreSQL; undefined for other engines' sizes. */
  readonly usableConnections: number | undefined;
  readonly engines: readonly DatabaseEngine[];
}

/** A version of a managed database engine. */
export interface EngineVersion extends Dated {
  readonly engine: DatabaseEngine;
  /** What `digitalocean_database_cluster.engine` says. */
  readonly slug: string;
  /** What `digitalocean_database_cluster.version` says. */
  readonly version: string;
  readonly isDefault: boolean;
  /** ISO date from which no new cluster can be made with it, where it is known. */
  readonly endOfAvailability: string | undefined;
  /** ISO date on which its clusters are upgraded, where it is known. */
  readonly endOfLife: string | undefined;
}

/** A public image: what `digitalocean_droplet.image` accepts. */
export interface Image extends Dated {
  readonly slug: string;
  readonly distribution: string;
  readonly release: string;
  /** `plain`, or the GPU drivers in it. */
  readonly kind: 'plain' | 'nvidia-1' | 'nvidia-8' | 'amd';
}

/** The regions in which a GPU size was seen on sale. */
export interface GpuRegions extends Dated {
  readonly slug: string;
  readonly regions: readonly string[];
}

/** A change that replaces a resource only in one case. */
export interface ConditionalReplacement {
  readonly type: string;
  readonly path: string;
  /** Completes "replaced when it is ...". */
  readonly when: string;
}

/** What a change that is applied in place does besides. */
export interface ChangeEffect {
  readonly type: string;
  readonly path: string;
  readonly effect: string;
}
