import type { Dated } from '../types';

/** A region, and where in it Terrace builds. */
export interface AwsRegion extends Dated {
  readonly slug: string;
  readonly name: string;
  /**
   * Ids of the zones to use, in order: `use1-az1`. Ids rather than letters, because the letter of a zone differs from account to
   * account, and with it what is sold there.
   */
  readonly zones: readonly string[];
  /** The private range of an environment's network in this region. Each region has its own, so that regions of one environment never overlap. */
  readonly network: string;
}

/** Product lines of EC2. `burstable` earns credits and spends them; the others have their CPUs to themselves. */
export type InstanceFamily = 'burstable' | 'general' | 'compute' | 'memory' | 'gpu';

/** What an image must be built for. */
export type Architecture = 'amd64' | 'arm64';

/** An EC2 instance type: what `aws_instance.instance_type` accepts. */
export interface InstanceType extends Dated {
  readonly type: string;
  readonly family: InstanceFamily;
  readonly architecture: Architecture;
  readonly vcpus: number;
  readonly memoryGib: number;
  /** What it sends without an end, in Gbit/s; for a while it may send more. */
  readonly networkGbit: number;
  /** List price in us-east-1 rounded to a whole dollar: for choosing between types. Bills come from the price book. */
  readonly monthlyUsdRounded: number;
  /** Regions in which the price book has seen it on sale. It may be sold in others too. */
  readonly regions: readonly string[];
  /** The cards in it, with their memory together, in GB. */
  readonly gpu: { readonly count: number; readonly memoryGb: number; readonly model: string } | undefined;
}

/** A size of a managed database or cache node: `db.t4g.small`, `cache.t4g.small`. */
export interface NodeClass extends Dated {
  readonly class: string;
  readonly family: 'burstable' | 'general' | 'memory';
  readonly vcpus: number;
  readonly memoryGib: number;
  /** As for an instance type: one node in us-east-1. */
  readonly monthlyUsdRounded: number;
  /** Regions of the catalog in which it was seen on sale. It may be sold in others too. */
  readonly regions: readonly string[];
}

/** Managed engines that tiers use. */
export type AwsEngine = 'postgresql' | 'valkey';

/** A major version of a managed engine. */
export interface AwsEngineVersion extends Dated {
  readonly engine: AwsEngine;
  readonly major: string;
  /** What the resource says: `17` lets RDS take the newest minor version, ElastiCache wants `8.0`. */
  readonly engineVersion: string;
  /** The parameter group family. */
  readonly family: string;
  readonly isDefault: boolean;
}
