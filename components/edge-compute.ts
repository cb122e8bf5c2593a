import type { ComponentBase } from './component-base';

/** Code that runs at the edge, near the user. */
export interface EdgeCompute extends ComponentBase {
  readonly kind: 'edge-compute';
  readonly workload: string;
}
