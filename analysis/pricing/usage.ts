import { Decimal } from 'decimal.js';
import type { Band } from './estimate-types';

/** Quantities per month that no resource states. */
export interface UsageQuantities {
  /** Internet egress of servers and nodes, in GB. */
  readonly egressGb?: UsageFigure;
  /** Kept in buckets on average, in GB. */
  readonly objectStorageGb?: UsageFigure;
  /** Internet egress of buckets, with their CDN, in GB. */
  readonly objectEgressGb?: UsageFigure;
  /** Requests to global load balancers, in millions. */
  readonly requestsMillion?: UsageFigure;
  /** Through global load balancers, in GB. */
  readonly loadBalancerGb?: UsageFigure;
  /** Kept in snapshots and custom images, in GB. */
  readonly snapshotGb?: UsageFigure;
  /** Kept in container registries, in GB. */
  readonly registryGb?: UsageFigure;
}

/** Name of a quantity that no resource states. */
export type UsageKey = keyof UsageQuantities;

/** An uncertain quantity and what it rests on. */
export interface UsageFigure extends Band {
  readonly assumption: string;
}

/**
 * Quantities by resource, by component and in all. The nearest figure wins; one for a component or for all is divided
 * evenly among the resources that take it and have none of their own. @default - none: such lines are 0 and say so
 */
export interface Usage {
  readonly resources?: Readonly<Record<string, UsageQuantities>>;
  readonly components?: Readonly<Record<string, UsageQuantities>>;
  readonly total?: UsageQuantities;
}

/** A figure from plain numbers. */
export function usageFigure(low: Decimal.Value, typical: Decimal.Value, high: Decimal.Value, assumption: string): UsageFigure {
  return { low: new Decimal(low), typical: new Decimal(typical), high: new Decimal(high), assumption };
}
