import type { ComponentBase } from './component-base';

/** Servers with GPUs that answer a language model's requests, behind a private address. */
export interface GpuPool extends ComponentBase {
  readonly kind: 'gpu-pool';
  readonly count: number;
  /** GPU memory that each server needs, in GB. */
  readonly gpuMemoryGb: number;
  /** Ids of the models in `catalog/models`. */
  readonly models: readonly string[];
}
