import type { ComponentBase } from './component-base';

/** Alerts on servers and checks of the public address. */
export interface Monitoring extends ComponentBase {
  readonly kind: 'monitoring';
  /** Ids of the components whose servers are watched. */
  readonly servers: readonly string[];
  /** CPU, memory and disk above this share of 100 raise an alert. */
  readonly thresholdPercent: number;
}
