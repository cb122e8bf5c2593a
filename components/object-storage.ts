import type { ComponentBase } from './component-base';

/** What users upload and the product makes: screenshots, builds. */
export interface ObjectStorage extends ComponentBase {
  readonly kind: 'object-storage';
  readonly contents: readonly string[];
  /** How long a replaced or deleted version can still be brought back, in days. */
  readonly keepVersionsDays: number;
}
