import type { z } from 'zod';
import type { PlatformId } from '../tiers/tier';
import { type Finding, finding } from './finding';
import type { gpuSchema } from './gpu-schema';
import { placesOf } from './places';
import type { ParsedEnvironment } from './schema';

type Gpu = z.output<typeof gpuSchema> | undefined;

/** What only AWS has, and what needs servers of one size that nobody takes back. */
export function gpuOptions(gpu: Gpu, platform: PlatformId): readonly Finding[] {
  const { sizes = [], spot, warm = 0, reservation, diskGib } = gpu ?? {};
  const asked = [...(warm > 0 ? ['warm'] : []), ...(reservation === undefined ? [] : ['reservation'])];
  const foreign = platform === 'aws' ? [] : [...asked, ...(diskGib === undefined ? [] : ['diskGib'])];
  const refused = (option: string, why: string): Finding => finding('GPU_OPTION', ['gpu', option], `gpu.${option} ${why}`);
  return [
    ...foreign.map((option) => refused(option, `is for AWS, and the environment stands on ${platform}. Remove it.`)),
    ...asked.flatMap((option) => (spot === true ? [refused(option, 'cannot be had with gpu.spot. Remove one of the two.')] : [])),
    ...asked.flatMap((option) =>
      sizes.length === 1 ? [] : [refused(option, `needs one size, and gpu.sizes names ${sizes.length}. Name the one that shall be had.`)],
    ),
  ];
}

/** Cards in a cluster that the environment does not have. */
export function gpuAtGoogle(gpu: Gpu, platform: ParsedEnvironment['platform']): readonly Finding[] {
  if (gpu?.google === undefined) return [];
  const { platform: home, placements = {} } = placesOf(platform);
  const kept = placements['cluster']?.includes('google') === false;
  const why = home === 'aws' ? 'platform.cluster keeps all clusters elsewhere' : `the environment stands on ${home}`;
  return home === 'aws' && !kept
    ? []
    : [
        finding(
          'GPU_OPTION',
          ['gpu', 'google'],
          `gpu.google is for the cluster at Google of an environment on AWS, and ${why}. Remove it.`,
        ),
      ];
}
