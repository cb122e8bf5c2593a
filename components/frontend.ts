import type { ComponentBase } from './component-base';

/** The built frontend: files in a bucket, delivered by a content delivery network. */
export interface Frontend extends ComponentBase {
  readonly kind: 'frontend';
  /** How long the edge keeps a file, in seconds. */
  readonly cacheSeconds: number;
}
