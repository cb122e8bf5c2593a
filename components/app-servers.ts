import type { ComponentBase } from './component-base';

/** How many servers run: always the same number, or between two bounds that autoscaling respects. */
export type Count = { readonly fixed: number } | { readonly min: number; readonly max: number };

/** How a request reaches the servers: the first server answers the internet itself, or a balancer stands before all of them. */
export type Exposure = 'direct' | 'load-balancer';

/** The servers (or pods) that run the application's image. They hold no data. */
export interface AppServers extends ComponentBase {
  readonly kind: 'app-servers';
  readonly runtime: 'server' | 'pod';
  readonly count: Count;
  /** vCPUs of each. */
  readonly vcpus: number;
  /** Memory of each, in GiB. */
  readonly memoryGib: number;
  readonly exposure: Exposure;
}
