import type { ComponentBase } from './component-base';

/** The domain's zone, and the records that point to whatever takes requests. */
export interface Dns extends ComponentBase {
  readonly kind: 'dns';
  /** Id of the component that the domain points to. */
  readonly target: string;
  /** How long a resolver may keep an answer, in seconds: the longest that a move of the address takes to be seen. */
  readonly ttlSeconds: number;
}
