import { lookup } from '../lookup';
import type { Dated } from '../types';

/** How fast a GPU server writes when it answers many users at once. */
export interface GpuThroughput extends Dated {
  /** DigitalOcean's size. */
  readonly slug: string;
  /** Tokens a second of a 7 to 8B model, batched. */
  readonly tokensPerSecond: number;
}

const estimated = { source: 'seeds.md, section 2, row 24: an estimate for a card of its class; measure, then replace', asOf: '2026-11-21' };

/** A card by its vendor's name, and sizes of platforms that have one of it. */
export interface GpuCard extends Dated {
  readonly card: string;
  /** Tokens a second of a 7 to 8B model, batched. */
  readonly tokensPerSecond: number;
  readonly memoryGb: number;
}

/** Cards, slowest first. */
export const gpuCards: readonly GpuCard[] = [
  { card: 'T4', tokensPerSecond: 300, memoryGb: 16, ...estimated },
  { card: 'L4', tokensPerSecond: 700, memoryGb: 24, ...estimated },
  { card: 'L40S', tokensPerSecond: 2_000, memoryGb: 48, ...estimated },
  { card: 'H100', tokensPerSecond: 6_000, memoryGb: 80, ...estimated },
];

/** The card with this name. @throws `CATALOG_NAME_UNKNOWN` with the nearest */
export const gpuCard: (card: string) => GpuCard = lookup('GPU card with a known throughput', gpuCards, (row) => row.card);

const atLeastH100 = {
  source: 'assumption: no slower than an H100, whose memory is smaller and slower; measure, then replace',
  asOf: '2026-11-21',
};

/** Sizes whose class has an estimate. */
export const gpuThroughputs: readonly GpuThroughput[] = [
  { slug: 'gpu-4000adax1-20gb', tokensPerSecond: 700, ...estimated },
  {
    slug: 'gpu-6000adax1-48gb',
    tokensPerSecond: 2_000,
    source: 'assumption: as an L40S, which has the same chip (AD102) and no faster memory; measure, then replace',
    asOf: '2026-11-21',
  },
  { slug: 'gpu-l40sx1-48gb', tokensPerSecond: 2_000, ...estimated },
  { slug: 'gpu-h100x1-80gb', tokensPerSecond: 6_000, ...estimated },
  { slug: 'g4dn.xlarge', tokensPerSecond: 300, ...estimated },
  ...['g6.xlarge', 'g6.2xlarge'].map((slug) => ({ slug, tokensPerSecond: 700, ...estimated })),
  ...['g5.xlarge', 'g5.2xlarge'].map((slug) => ({
    slug,
    tokensPerSecond: 700,
    source: 'assumption: an A10G as an L4, whose memory is no faster; measure, then replace',
    asOf: '2026-11-21',
  })),
  ...['g6e.xlarge', 'g6e.2xlarge'].map((slug) => ({ slug, tokensPerSecond: 2_000, ...estimated })),
  { slug: 'p5.4xlarge', tokensPerSecond: 6_000, ...estimated },
  ...[
    'gpu-h200x1-141gb',
    'gpu-mi300x1-192gb',
    'gpu-mi325x1-256gb',
    'gpu-mi350x1-288gb-spot',
    'gpu-mi355x1-288gb-spot',
    'gpu-b300x1-288gb-spot',
  ].map((slug) => ({ slug, tokensPerSecond: 6_000, ...atLeastH100 })),
];

/** The model that the figures are of, in billions of parameters. */
export const gpuReferenceParameters = 8;

/** The throughput of a size. @throws `CATALOG_NAME_UNKNOWN` where no class of card is known */
export const gpuThroughput: (slug: string) => GpuThroughput = lookup('GPU size with a known throughput', gpuThroughputs, (row) => row.slug);
