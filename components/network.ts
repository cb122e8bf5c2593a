import type { ComponentBase } from './component-base';

/** The private network that a tier's servers and databases share, and the project that groups them on the bill. */
export interface Network extends ComponentBase {
  readonly kind: 'network';
}
