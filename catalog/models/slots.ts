import { gbPerGib } from '../../values/measure';
import { checkModelFits, inferenceRuntimeGib, kvCacheGib, weightsGib } from '.';
import type { LanguageModel } from './types';

/** Tokens of context that a slot keeps: prompt and answer of one request. An assumption: an answer of 500 tokens leaves seven times as many for its prompt. */
export const slotTokens = 4096;

/** The most that a server of llama.cpp answers at once, whatever memory it has. Source: `LLAMA_MAX_SEQ` of its builds of 2025, 64 and later 256. */
export const mostSlots = 64;

/**
 * Share of a card's memory that a model and its slots may take; the rest is for the driver and the buffers of a computation. An
 * assumption. Source: vLLM keeps as much free unless it is told otherwise (docs.vllm.ai, Engine Arguments, `gpu_memory_utilization`).
 */
const usableShare = 0.9;

/** GiB of a card that a model and its slots may take. */
function usableGib(gpuMemoryGb: number): number {
  return (gpuMemoryGb / gbPerGib) * usableShare;
}

/** Requests that one card answers at once: as many as have room beside the model, and no more than the server takes. 0 where it does not fit. */
export function cardSlots(row: LanguageModel, gpuMemoryGb: number): number {
  const leftGib = usableGib(gpuMemoryGb) - weightsGib(row) - inferenceRuntimeGib;
  return Math.max(0, Math.min(mostSlots, Math.floor(leftGib / kvCacheGib(row, slotTokens))));
}

/** A model that fits onto a card, and its slots there. @throws `CATALOG_MODEL_DOES_NOT_FIT` where not even one has room */
export function modelOnCard(id: string, gpuMemoryGb: number): { readonly model: LanguageModel; readonly slots: number } {
  const model = checkModelFits(id, usableGib(gpuMemoryGb), { contextTokens: slotTokens });
  return { model, slots: Math.max(1, cardSlots(model, gpuMemoryGb)) };
}
