// Generated from catalog/digitalocean/gpu-regions.csv by `npm run compile`. Do not edit.
import type { GpuRegions } from './types';

export const gpuRegions: readonly GpuRegions[] = [
  { slug: 'gpu-4000adax1-20gb', regions: [], source: 'third-party code quoting GET /v2/sizes', asOf: '2026-09-03' },
  { slug: 'gpu-6000adax1-48gb', regions: ['tor1'], source: 'third-party code quoting GET /v2/sizes', asOf: '2026-09-03' },
  { slug: 'gpu-h100x1-80gb', regions: ['ams3', 'nyc2', 'tor1'], source: 'third-party code quoting GET /v2/sizes', asOf: '2026-09-03' },
  { slug: 'gpu-h100x8-640gb', regions: ['ams3'], source: 'third-party code quoting GET /v2/sizes', asOf: '2026-09-03' },
  { slug: 'gpu-h200x1-141gb', regions: ['atl1', 'nyc2'], source: 'DigitalOcean GPU droplets page', asOf: '2025-11-20' },
  { slug: 'gpu-h200x8-1128gb', regions: ['atl1', 'nyc2'], source: 'DigitalOcean GPU droplets page', asOf: '2025-11-20' },
  { slug: 'gpu-l40sx1-48gb', regions: ['tor1'], source: 'third-party code, earlier in the year', asOf: '2026' },
  { slug: 'gpu-mi300x1-192gb', regions: ['ams3'], source: 'third-party code quoting GET /v2/sizes', asOf: '2026-09-03' },
  { slug: 'gpu-mi325x1-256gb', regions: ['nyc2'], source: 'DigitalOcean GPU droplets page', asOf: '2025-11-20' },
  { slug: 'gpu-mi325x8-2048gb', regions: ['nyc2'], source: 'DigitalOcean GPU droplets page', asOf: '2025-11-20' },
];
