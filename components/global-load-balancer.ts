import type { ComponentBase } from './component-base';

/** One address for several regions: a request goes to the nearest that is healthy. */
export interface GlobalLoadBalancer extends ComponentBase {
  readonly kind: 'global-load-balancer';
  /** Id of the component that it spreads requests over. */
  readonly target: string;
  readonly regions: number;
}
