import type { ComponentBase } from './component-base';

/** Copies of the database that answer reads. */
export interface ReadReplicas extends ComponentBase {
  readonly kind: 'read-replicas';
  /** Id of the database they follow. */
  readonly database: string;
  readonly count: number;
  /** Memory of each, in GiB; at least the primary's. */
  readonly memoryGib: number;
}
