import { modelDoesNotFit } from '../errors';
import { by, lookup } from '../lookup';
import { models } from './models.generated';
import type { LanguageModel } from './types';

export type * from './types';
export { models };

/** How a model is run. */
export interface ModelUse {
  /** Tokens of context that the server keeps, over all its slots. @default - 4096 */
  readonly contextTokens?: number;
  /** Leave out models whose licence forbids use in a product. @default - true */
  readonly commercialUse?: boolean;
}

const bytesPerGib = 2 ** 30;

/** Gigabytes (10^9) of weights for each billion parameters at Q4_K_M. Source: seeds.md, section 2, row 23. */
const gigabytesPerBillionParameters = 0.6;

/** GiB that an inference server takes beside weights and cache. Source: llmrun.dev ("~0.3 GB framework"), 2026-11; to be measured. */
export const inferenceRuntimeGib = 0.3;

/** The model with this id. @throws `CATALOG_NAME_UNKNOWN` with the nearest id */
export const model: (id: string) => LanguageModel = lookup('model', models, (row) => row.id);

/** GiB of the weights in memory. */
export function weightsGib({ file }: LanguageModel): number {
  return file.bytes / bytesPerGib;
}

/** GiB of the key-value cache at 16 bits: a key and a value for each layer, head and token. */
export function kvCacheGib({ shape }: LanguageModel, contextTokens: number): number {
  return (2 * 2 * shape.layers * shape.kvHeads * shape.headDimension * contextTokens) / bytesPerGib;
}

/** GiB that serving a model takes: weights, key-value cache and the server itself. */
export function memoryNeededGib(row: LanguageModel, use: ModelUse = {}): number {
  return weightsGib(row) + kvCacheGib(row, use.contextTokens ?? 4096) + inferenceRuntimeGib;
}

/**
 * Proves that a model fits into the memory its server may take.
 * @throws `CATALOG_MODEL_DOES_NOT_FIT` with what it needs and the largest that would fit
 */
export function checkModelFits(id: string, memoryGib: number, use: ModelUse = {}): LanguageModel {
  const row = model(id);
  const needed = memoryNeededGib(row, use);
  if (needed > memoryGib) throw modelDoesNotFit(id, needed, memoryGib, fittingModels(memoryGib, models, use)[0]?.id);
  return row;
}

/**
 * The model with most parameters that can be served within the memory given.
 * @param memoryGib what the inference server may take, not what the machine has
 * @throws `CATALOG_MODEL_DOES_NOT_FIT` when not even the smallest fits
 */
export function largestModelThatFits(memoryGib: number, catalog: readonly LanguageModel[] = models, use: ModelUse = {}): LanguageModel {
  const largest = fittingModels(memoryGib, catalog, use)[0];
  if (largest === undefined) throw modelDoesNotFit('the smallest model', smallestNeed(catalog, use), memoryGib, undefined);
  return largest;
}

/** Models that can be served within the memory given, largest first. */
export function fittingModels(memoryGib: number, catalog: readonly LanguageModel[] = models, use: ModelUse = {}): readonly LanguageModel[] {
  return usable(catalog, use)
    .filter((row) => memoryNeededGib(row, use) <= memoryGib)
    .sort(
      by(
        (row) => -row.parametersBillion,
        (row) => row.id,
      ),
    );
}

/** GB (10^9 bytes) of weights that a model of this many billion parameters has at Q4_K_M, by the rule of thumb. */
export function approximateWeightsGb(parametersBillion: number): number {
  return parametersBillion * gigabytesPerBillionParameters;
}

function usable(catalog: readonly LanguageModel[], use: ModelUse): readonly LanguageModel[] {
  return use.commercialUse === false ? catalog : catalog.filter((row) => row.licence.commercialUse);
}

function smallestNeed(catalog: readonly LanguageModel[], use: ModelUse): number {
  return Math.min(...usable(catalog, use).map((row) => memoryNeededGib(row, use)));
}
