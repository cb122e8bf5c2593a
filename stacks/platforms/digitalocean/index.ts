import type { ComponentOf } from '../../../components/component';
import type { Environment } from '../../../environments/schema';
import type { Tier } from '../../../tiers/tier';
import type { Problem } from '../../../values/errors';
import { component } from '../naming';
import type { Platform } from '../platform';
import { builds } from './builds';
import { databaseProblems } from './databases';
import { gpuNodeProblems, gpuNodeWarning, gpuProblems, gpuWarning } from './gpu';
import { clusterRegions } from './regions';

/** DigitalOcean: tiers 1 to 5. The provider's bindings are loaded only when a stack is built. */
export const digitalocean: Platform = {
  id: 'digitalocean',
  builds,
  problems: (environment, tier) => [
    ...databaseProblems(environment, tier, regionsOf(environment, tier)),
    ...gpuPools(tier).flatMap((pool) => poolProblems(pool, environment, tier)),
  ],
  warnings: (environment, tier) => gpuPools(tier).flatMap((pool) => poolWarnings(pool, environment, tier)),
  build: (stack, environment, tier) => (require('./platform') as typeof import('./platform')).build(stack, environment, tier),
};

function poolProblems(pool: ComponentOf<'gpu-pool'>, environment: Environment, tier: Tier): readonly Problem[] {
  return component(tier, 'kubernetes-cluster') === undefined
    ? gpuProblems(pool, environment)
    : gpuNodeProblems(pool, environment, regionsOf(environment, tier));
}

function poolWarnings(pool: ComponentOf<'gpu-pool'>, environment: Environment, tier: Tier): readonly string[] {
  if (component(tier, 'kubernetes-cluster') === undefined) return [gpuWarning(pool, environment) ?? []].flat();
  return regionsOf(environment, tier).flatMap((region) => gpuNodeWarning(pool, environment, region) ?? []);
}

function regionsOf(environment: Environment, tier: Tier): readonly string[] {
  const cluster = component(tier, 'kubernetes-cluster');
  return cluster === undefined ? [environment.region] : clusterRegions(environment, cluster);
}

function gpuPools(tier: Tier): readonly ComponentOf<'gpu-pool'>[] {
  return tier.components.filter((each) => each.kind === 'gpu-pool');
}
