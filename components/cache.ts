import type { ComponentBase } from './component-base';

/** Valkey (Redis protocol) for cached values and sessions. What it holds can be lost without losing data. */
export interface Cache extends ComponentBase {
  readonly kind: 'cache';
  readonly engine: 'valkey';
  /** Major version. */
  readonly version: string;
  readonly nodes: number;
  /** Memory of each node, in GiB. */
  readonly memoryGib: number;
}
