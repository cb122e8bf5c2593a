import type { ComponentOf } from '../../../components/component';
import type { Tier } from '../../../tiers/tier';
import type { Platform } from '../platform';
import { builds } from './builds';
import { gpuProblems, gpuWarning } from './gpu';

/** DigitalOcean: tiers 1 to 4. The provider's bindings are loaded only when a stack is built. */
export const digitalocean: Platform = {
  id: 'digitalocean',
  builds,
  problems: (environment, tier) => gpuPools(tier).flatMap((pool) => gpuProblems(pool, environment)),
  warnings: (environment, tier) => gpuPools(tier).flatMap((pool) => gpuWarning(pool, environment) ?? []),
  build: (stack, environment, tier) => (require('./platform') as typeof import('./platform')).build(stack, environment, tier),
};

function gpuPools(tier: Tier): readonly ComponentOf<'gpu-pool'>[] {
  return tier.components.filter((each) => each.kind === 'gpu-pool');
}
