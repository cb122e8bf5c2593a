import { lookup } from '../lookup';
import type { Dated } from '../types';
import type { LanguageModel } from './types';

/** How fast a card writes one answer, when it has no other to write. */
export interface Stream extends Dated {
  /** Tokens a second of LLaMA 2 7B at Q4_0. */
  readonly tokensPerSecond: number;
}

/** How fast a GPU server writes when it answers many users at once. */
export interface GpuThroughput extends Dated {
  /** DigitalOcean's size. */
  readonly slug: string;
  /** Tokens a second of a 7 to 8B model, batched. */
  readonly tokensPerSecond: number;
  readonly stream: Stream;
}

/** Every token reads all weights: a card without a figure of its own is as fast as its memory is beside that of its like. */
const measured = 'github.com/XiongjieDai/GPU-Benchmarks-on-LLM-Inference, average eval speed of llama.cpp, LLaMA 2 7B at Q4_0';
const streams = {
  ada4000: { tokensPerSecond: 64, source: `${measured}: RTX 4000 Ada`, asOf: '2023-12' },
  ada6000: { tokensPerSecond: 127, source: `${measured}: RTX 6000 Ada`, asOf: '2023-12' },
  h100: { tokensPerSecond: 133, source: `${measured}: H100 PCIe`, asOf: '2023-12' },
  l40s: { tokensPerSecond: 114, source: `assumption: an RTX 6000 Ada by the memory, 864 of 960 GB/s; ${measured}`, asOf: '2023-12' },
  l4: { tokensPerSecond: 53, source: `assumption: an RTX 4000 Ada by the memory, 300 of 360 GB/s; ${measured}`, asOf: '2023-12' },
  t4: { tokensPerSecond: 53, source: `assumption: as an L4, whose memory is as fast; ${measured}`, asOf: '2023-12' },
  a10g: { tokensPerSecond: 87, source: `assumption: an RTX A6000 (111) by the memory, 600 of 768 GB/s; ${measured}`, asOf: '2023-12' },
} as const;

const estimated = { source: 'seeds.md, section 2, row 24: an estimate for a card of its class; measure, then replace', asOf: '2026-11-21' };

/** A card by its vendor's name, and sizes of platforms that have one of it. */
export interface GpuCard extends Dated {
  readonly card: string;
  /** Tokens a second of a 7 to 8B model, batched. */
  readonly tokensPerSecond: number;
  readonly stream: Stream;
  readonly memoryGb: number;
}

/** Cards, slowest first. */
export const gpuCards: readonly GpuCard[] = [
  { card: 'T4', tokensPerSecond: 300, stream: streams.t4, memoryGb: 16, ...estimated },
  { card: 'L4', tokensPerSecond: 700, stream: streams.l4, memoryGb: 24, ...estimated },
  { card: 'L40S', tokensPerSecond: 2_000, stream: streams.l40s, memoryGb: 48, ...estimated },
  { card: 'H100', tokensPerSecond: 6_000, stream: streams.h100, memoryGb: 80, ...estimated },
];

/** The card with this name. @throws `CATALOG_NAME_UNKNOWN` with the nearest */
export const gpuCard: (card: string) => GpuCard = lookup('GPU card with a known throughput', gpuCards, (row) => row.card);

const atLeastH100 = {
  source: 'assumption: no slower than an H100, whose memory is smaller and slower; measure, then replace',
  asOf: '2026-11-21',
};

/** Sizes whose class has an estimate. */
export const gpuThroughputs: readonly GpuThroughput[] = [
  { slug: 'gpu-4000adax1-20gb', tokensPerSecond: 700, stream: streams.ada4000, ...estimated },
  {
    slug: 'gpu-6000adax1-48gb',
    tokensPerSecond: 2_000,
    stream: streams.ada6000,
    source: 'assumption: as an L40S, which has the same chip (AD102) and no faster memory; measure, then replace',
    asOf: '2026-11-21',
  },
  { slug: 'gpu-l40sx1-48gb', tokensPerSecond: 2_000, stream: streams.l40s, ...estimated },
  { slug: 'gpu-h100x1-80gb', tokensPerSecond: 6_000, stream: streams.h100, ...estimated },
  { slug: 'g4dn.xlarge', tokensPerSecond: 300, stream: streams.t4, ...estimated },
  ...['g6.xlarge', 'g6.2xlarge'].map((slug) => ({ slug, tokensPerSecond: 700, stream: streams.l4, ...estimated })),
  ...['g5.xlarge', 'g5.2xlarge'].map((slug) => ({
    slug,
    tokensPerSecond: 700,
    stream: streams.a10g,
    source: 'assumption: an A10G as an L4, whose memory is no faster; measure, then replace',
    asOf: '2026-11-21',
  })),
  ...['g6e.xlarge', 'g6e.2xlarge'].map((slug) => ({ slug, tokensPerSecond: 2_000, stream: streams.l40s, ...estimated })),
  { slug: 'p5.4xlarge', tokensPerSecond: 6_000, stream: streams.h100, ...estimated },
  ...[
    'gpu-h200x1-141gb',
    'gpu-mi300x1-192gb',
    'gpu-mi325x1-256gb',
    'gpu-mi350x1-288gb-spot',
    'gpu-mi355x1-288gb-spot',
    'gpu-b300x1-288gb-spot',
    'gpu-b300x1-288gb-lc-spot',
  ].map((slug) => ({ slug, tokensPerSecond: 6_000, stream: streams.h100, ...atLeastH100 })),
];

/** The model that the figures are of, in billions of parameters. */
export const gpuReferenceParameters = 8;

/** Bytes of the model that streams were measured with (the same page, "Total VRAM Requirements", 7B at Q4_0). */
const measuredBytes = 3.82e9;

/** Tokens a second that one answer of a model gets at most on a card: as much less as its weights are more. */
export function streamTokensPerSecond({ tokensPerSecond }: Stream, { file }: LanguageModel): number {
  return (tokensPerSecond * measuredBytes) / file.bytes;
}

/** The throughput of a size. @throws `CATALOG_NAME_UNKNOWN` where no class of card is known */
export const gpuThroughput: (slug: string) => GpuThroughput = lookup('GPU size with a known throughput', gpuThroughputs, (row) => row.slug);
