import type { ComponentBase } from './component-base';

/** One address for a group of servers in one region: TLS ends here, sick servers get no requests. */
export interface LoadBalancer extends ComponentBase {
  readonly kind: 'load-balancer';
  /** Id of the component that it spreads requests over. */
  readonly target: string;
  /** Balancer nodes; each carries about 10,000 requests a second. */
  readonly nodes: number;
}
