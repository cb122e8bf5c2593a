import type { Component } from '../components/component';
import type { Environment } from '../environments/schema';
import type { PlatformId, Tier } from '../tiers/tier';
import type { Problem } from '../values/errors';
import { componentsNotBuilt, placedElsewhere } from './errors';
import { platforms, secondCloud } from './platforms';

type Places = Pick<Environment, 'platform'> & { readonly placements?: Environment['placements'] | undefined };

/** The tier as an environment places its parts: a cluster that the file keeps on one platform has all its regions there. */
export function placedTier({ platform, placements = {} }: Places, tier: Tier): Tier {
  const kept = ({ kind, id }: Component): boolean => kind === 'kubernetes-cluster' && isOnly(placements[id], platform);
  return {
    ...tier,
    components: tier.components.map((each) => (each.kind === 'kubernetes-cluster' && kept(each) ? { ...each, clouds: [] } : each)),
  };
}

/** Components that a file places where the tier cannot have them, each with the places that it can have. */
export function placementProblems({ platform, placements = {} }: Places, tier: Tier): readonly Problem[] {
  return tier.components.flatMap((each) => {
    const on = placements[each.id];
    const allowed = placesFor(each, platform);
    if (on === undefined || allowed.some((places) => isSame(places, on))) return [];
    const missing = on.filter((place) => place !== platform && !allowed.flat().includes(place) && !isBuiltOn(place, each));
    return missing.length === 0
      ? [placedElsewhere(tier.id, each.id, on, allowed)]
      : missing.map((place) => componentsNotBuilt(tier.id, place, [{ kind: each.kind, builtOn: builtOn(tier, each.kind) }]));
  });
}

/**
 * What of its placements an environment takes along to another tier: a part that stands in several clouds has only those that the tier
 * knows, so that one that has a single cloud keeps it at home. What no tier could mean by it stays, and is refused.
 */
export function placementsAt({ platform, placements }: Places, tier: Tier): Pick<Environment, 'placements'> {
  const single = (id: string, on: readonly string[]): boolean => {
    const component = tier.components.find((each) => each.id === id);
    return component !== undefined && on.length > 1 && on.includes(platform) && placesFor(component, platform).length === 1;
  };
  const kept = Object.entries(placements ?? {}).filter(([id, on]) => !single(id, on));
  return kept.length === 0 ? {} : { placements: Object.fromEntries(kept) };
}

/** Whether a platform has a construct for a component, at home or as the second cloud of a tier. */
function isBuiltOn(place: string, component: Component): boolean {
  return [...Object.values(platforms), secondCloud].some((platform) => platform.id === place && platform.builds(component));
}

/** Platforms that build every component of a kind as the tier specifies it. */
export function builtOn(tier: Tier, kind: string): string[] {
  const wanted = tier.components.filter((component) => component.kind === kind);
  return Object.values(platforms)
    .filter((platform) => wanted.every((component) => platform.builds(component)))
    .map(({ id }) => id);
}

/** Where a component may stand in an environment that is at home somewhere: there, or over the clouds that the tier names. */
function placesFor(component: Component, home: PlatformId): readonly (readonly string[])[] {
  const clouds = component.kind === 'kubernetes-cluster' ? component.clouds : [];
  return [[home], ...(clouds.includes(home) && clouds.length > 1 ? [clouds] : [])];
}

function isOnly(places: readonly string[] | undefined, platform: PlatformId): boolean {
  return places !== undefined && isSame(places, [platform]);
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return [...new Set(one)].sort().join() === [...new Set(other)].sort().join();
}
