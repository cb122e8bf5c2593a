import { carriesGeneration, type Component, type ComponentKind, type ComponentOf } from '../../components/component';
import type { Environment } from '../../environments/schema';
import { clusterGeneration } from '../../tiers/layer-names';
import type { Tier } from '../../tiers/tier';

/** The tier's first component of a kind. */
export function component<Kind extends ComponentKind>(tier: Pick<Tier, 'components'>, kind: Kind): ComponentOf<Kind> | undefined {
  return tier.components.find((each): each is ComponentOf<Kind> => each.kind === kind);
}

/** What the environment file says that names are made of. */
type Named = Pick<Environment, 'generations' | 'namePrefix' | 'name'>;

/**
 * What begins the names of a component in the account. A kind that carries its generation says it behind its id; one that does not says it
 * here, from the second one on.
 */
export function prefixOf({ namePrefix, name, generations }: Named, { id, kind }: Pick<Component, 'id' | 'kind'>): string {
  const own = generation({ generations }, id);
  return carriesGeneration[kind] || own === 1 ? `${namePrefix}-${name}` : `${namePrefix}-${name}-g${own}`;
}

/** What begins the names of what a role keeps over all its generations: it is as old as the network that it lies in. */
export function lastingPrefix(environment: Named, tier: Pick<Tier, 'components'>): string {
  return prefixOf(environment, component(tier, 'network') ?? { id: 'network', kind: 'network' });
}

/** The component that releases are published by, which stands before all others. */
export function channelOf(tier: Pick<Tier, 'components'>): Pick<Component, 'id' | 'kind'> {
  return component(tier, 'configuration') ?? { id: 'configuration', kind: 'configuration' };
}

/** A site as a component sees it: its names begin with the component's own prefix. */
export function siteOf<Site extends { readonly prefix: string }>(
  site: Site,
  environment: Named,
  component: Pick<Component, 'id' | 'kind'>,
): Site {
  const prefix = prefixOf(environment, component);
  return prefix === site.prefix ? site : { ...site, prefix };
}

/**
 * What addresses of a tier say behind a component's id where construct ids do not: of kinds that do not carry their generation that, from the
 * second on (`g2`); of the others the network's (`n2`), in what they keep over all their generations.
 */
export function addressMarks(environment: Pick<Environment, 'generations'>, tier: Pick<Tier, 'components'>): ReadonlyMap<string, string> {
  const network = component(tier, 'network')?.id ?? 'network';
  const marks = tier.components.flatMap(({ id, kind }) => {
    const [letter, own] = carriesGeneration[kind] ? ['n', generation(environment, network)] : ['g', generation(environment, id)];
    return own === 1 ? [] : [[id, `${letter}${own}`] as const];
  });
  return new Map(marks);
}

/** Construct id of a component, which begins the address of its resources: `network`, `database_g1`. */
export function constructId(environment: Pick<Environment, 'generations'>, { id, kind }: Pick<Component, 'id' | 'kind'>): string {
  return carriesGeneration[kind] ? `${id}_g${generation(environment, id)}` : id;
}

/** Name in the account for what a component makes: unique there, and new with each generation. */
export function accountName(
  prefix: string,
  environment: Pick<Environment, 'generations'>,
  { id, kind }: Pick<Component, 'id' | 'kind'>,
): string {
  return carriesGeneration[kind] ? `${prefix}-${id}-g${generation(environment, id)}` : `${prefix}-${id}`;
}

/** What is called by a word alone as long as its component is at the first generation: `shard-map`, of the second `shard-map-g2`. */
export function laterName(
  name: string,
  environment: Pick<Environment, 'generations'>,
  { id }: Pick<Component, 'id'>,
  joint: '-' | '_' = '-',
): string {
  const own = generation(environment, id);
  return own === 1 ? name : `${name}${joint}g${own}`;
}

/**
 * Under what name a group's release is published. Servers of two generations run different releases while a promotion lasts, so
 * that each later generation has one of its own.
 */
export function releaseName(environment: Pick<Environment, 'generations'>, { id }: Pick<Component, 'id'>): string {
  return laterName(id, environment, { id }, '_');
}

/** What an output for what runs in a tier's clusters is called: `clusters`, of the second generation `g2_clusters`. */
export function layerOutput(environment: Pick<Environment, 'generations'>, tier: Pick<Tier, 'components'>): (name: string) => string {
  const own = clusterGeneration(tier, environment.generations);
  return (name) => (own === undefined ? name : `${own}_${name}`);
}

/** The name that it has, with the generation of its clusters where it is not the first: `shop`, `shop-g2`. */
export function generationName(name: string, environment: Pick<Environment, 'generations'>, tier: Pick<Tier, 'components'>): string {
  const own = clusterGeneration(tier, environment.generations);
  return own === undefined ? name : `${name}-${own}`;
}

function generation(environment: Pick<Environment, 'generations'>, id: string): number {
  return environment.generations[id] ?? 1;
}
