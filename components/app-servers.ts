import type { ComponentBase } from './component-base';
import type { ServiceNeeds } from './services';

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
  /** Further services of the product in the same clusters. @default - none */
  readonly services?: readonly ServiceNeeds[];
}

/** Pods of the app and of the services beside it that there may be, which all keep connections of their own. */
export function mostPods({ count, services = [] }: Pick<AppServers, 'count' | 'services'>): number {
  const own = 'fixed' in count ? count.fixed : count.max;
  return services.reduce((all, { pods }) => all + pods.max, own);
}
