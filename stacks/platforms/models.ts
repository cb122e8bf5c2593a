import { checkModelFits } from '../../catalog/models';
import { modelOnCard, slotTokens } from '../../catalog/models/slots';
import type { InferenceContainer } from '../../constructs/server';

/** The container that serves a model within so much memory. @throws `CATALOG_MODEL_DOES_NOT_FIT` */
export function modelServer(id: string, memoryLimitGib: number): InferenceContainer {
  const { repository, name, sha256 } = checkModelFits(id, memoryLimitGib).file;
  const url = `https://huggingface.co/${repository}/resolve/main/${name}`;
  return { model: { url, file: name, ...(sha256 === undefined ? {} : { sha256 }) }, memory: Math.floor(memoryLimitGib * 1024) };
}

/** The same on a card, with as many slots as have room there. @throws `CATALOG_MODEL_DOES_NOT_FIT` when it does not fit into the card's memory */
export function cardServer(
  id: string,
  gpuMemoryGb: number,
  memoryLimitGib: number,
  vendor: NonNullable<InferenceContainer['gpu']> = 'nvidia',
): InferenceContainer {
  const { slots } = modelOnCard(id, gpuMemoryGb);
  return { ...modelServer(id, memoryLimitGib), parallel: slots, context: slots * slotTokens, gpu: vendor };
}

/** Namespace and service account of the pipeline's jobs, which the platform gives rights and the workloads run under. */
export const pipelineAccount = { namespace: 'ml-pipeline', serviceAccount: 'ml-pipeline' } as const;

/** Last part of the name of the bucket in which it keeps models. */
export const registryPurpose = 'model-registry';
