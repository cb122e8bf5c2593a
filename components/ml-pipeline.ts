import type { ComponentBase } from './component-base';

/** How often a pipeline begins: at two in the morning UTC, every day or every Sunday. */
export type PipelineRhythm = 'day' | 'week';

/** Jobs with a GPU each that make models by a timetable, on nodes that are there only while they run; and the bucket that keeps what they make. */
export interface MlPipeline extends ComponentBase {
  readonly kind: 'ml-pipeline';
  /** Jobs of one run, side by side. */
  readonly jobs: number;
  /** What each job needs: GPU memory in GB, CPUs, and main memory in GiB. */
  readonly gpuMemoryGb: number;
  readonly vcpus: number;
  readonly memoryGib: number;
  readonly every: PipelineRhythm;
  /** Hours after which a run is ended, whatever it has reached. */
  readonly deadlineHours: number;
  /** How long a replaced or deleted model can still be brought back, in days. */
  readonly keepVersionsDays: number;
}
