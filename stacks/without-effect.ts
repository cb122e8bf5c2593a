import type { Environment } from '../environments/schema';
import { ladder } from '../tiers';
import type { Tier } from '../tiers/tier';
import { nearest } from '../values/nearest';
import { component } from './platforms/naming';
import { spansGoogle, standingRegions } from './workloads/sites';

/**
 * What the environment file says and nothing follows from: worse than an error where it was meant. During a promotion only slips,
 * because the file may speak of either tier.
 */
export function withoutEffect(environment: Environment, tier: Tier): readonly string[] {
  const idle =
    environment.promotion === undefined
      ? [...idleRegions(environment, tier), ...idleFields(environment, tier), ...idleEvents(environment, tier)]
      : [];
  return [...strangers(environment), ...idle];
}

/** A component that no tier has is a slip. */
function strangers({ generations, retired = {} }: Environment): readonly string[] {
  const known = [...new Set(ladder.flatMap(({ components }) => components.map(({ id }) => id)))];
  return Object.entries({ generations, retired })
    .flatMap(([field, named]) => Object.keys(named).map((id) => ({ field, id })))
    .filter(({ id }) => !known.includes(id))
    .map(({ field, id }) => {
      const near = nearest(id, known);
      return `${field}.${id} names no component of any tier, so nothing follows from it.${near === undefined ? ' Remove it.' : ` Did you mean ${near}?`}`;
    });
}

/** Whoever names a region believes that something stands there. */
function idleRegions(environment: Environment, tier: Tier): readonly string[] {
  const { regions = [], platform } = environment;
  const standing = standingRegions(environment, tier);
  return regions.flatMap((each, index) =>
    standing.includes(each)
      ? []
      : [`regions[${index}] is ${each}, and ${tier.id} stands in ${standing.join(', ')} alone on ${platform}: nothing is made in ${each}.`],
  );
}

function idleFields({ gpu, pipeline, services }: Environment, tier: Tier): readonly string[] {
  const fields = [
    { field: 'gpu', given: gpu !== undefined, taken: has(tier, 'gpu-pool') || has(tier, 'ml-pipeline'), lacks: 'GPUs' },
    { field: 'gpu.google', given: gpu?.google !== undefined, taken: spansGoogle(tier), lacks: 'cluster at Google' },
    { field: 'pipeline', given: pipeline !== undefined, taken: has(tier, 'ml-pipeline'), lacks: 'pipeline' },
    { field: 'services', given: services !== undefined, taken: has(tier, 'kubernetes-cluster'), lacks: 'clusters' },
  ];
  return fields
    .filter(({ given, taken }) => given && !taken)
    .map(({ field, lacks }) => `${field} is given, and ${tier.id} has no ${lacks}: nothing follows from it until a tier that does.`);
}

/** Brokers that a tier has by itself are of its own size, and on AWS no deploy makes topics. */
function idleEvents({ events, platform }: Environment, tier: Tier): readonly string[] {
  if (events === undefined) return [];
  const offered = (tier.optional ?? []).some(({ kind }) => kind === 'event-stream');
  if (!offered)
    return [
      has(tier, 'event-stream')
        ? `events is given, and ${tier.id} has an event stream of its own size: nothing follows from it.`
        : `events is given, and ${tier.id} has no event stream to choose: nothing follows from it until a tier that does.`,
    ];
  return platform === 'digitalocean'
    ? []
    : [`events.topics is given, and on ${platform} no deploy makes topics: the app makes its own, so that nothing follows from it.`];
}

function has(tier: Tier, kind: Parameters<typeof component>[1]): boolean {
  return component(tier, kind) !== undefined;
}
