import { checkModelFits } from '../../catalog/models';
import type { InferenceContainer } from '../../constructs/server';
import { gbPerGib } from '../../values/measure';

/** What one card keeps of its requests: 16 at once, of 4,096 tokens each. */
const onCards = { parallel: 16, context: 16 * 4096 } as const;

/** The container that serves a model within so much memory. @throws `CATALOG_MODEL_DOES_NOT_FIT` */
export function modelServer(id: string, memoryLimitGib: number): InferenceContainer {
  const { repository, name, sha256 } = checkModelFits(id, memoryLimitGib).file;
  const url = `https://huggingface.co/${repository}/resolve/main/${name}`;
  return { model: { url, file: name, ...(sha256 === undefined ? {} : { sha256 }) }, memory: Math.floor(memoryLimitGib * 1024) };
}

/** The same on a card. @throws `CATALOG_MODEL_DOES_NOT_FIT` when it does not fit into the card's memory */
export function cardServer(
  id: string,
  gpuMemoryGb: number,
  memoryLimitGib: number,
  vendor: NonNullable<InferenceContainer['gpu']> = 'nvidia',
): InferenceContainer {
  checkModelFits(id, gpuMemoryGb / gbPerGib, { contextTokens: onCards.context });
  return { ...modelServer(id, memoryLimitGib), ...onCards, gpu: vendor };
}

/** Namespace and service account of the pipeline's jobs, which the platform gives rights and the workloads run under. */
export const pipelineAccount = { namespace: 'ml-pipeline', serviceAccount: 'ml-pipeline' } as const;

/** Last part of the name of the bucket in which it keeps models. */
export const registryPurpose = 'model-registry';
