import type { ComponentBase } from './component-base';

/** SQL spread over regions and clouds behind one endpoint. */
export interface DistributedDatabase extends ComponentBase {
  readonly kind: 'distributed-database';
  /** Engines that qualify, best first. */
  readonly engines: readonly string[];
  readonly regions: number;
}
