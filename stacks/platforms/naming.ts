import { carriesGeneration, type Component, type ComponentKind, type ComponentOf } from '../../components/component';
import type { Environment } from '../../environments/schema';
import { clusterGeneration } from '../../tiers/layer-names';
import type { Tier } from '../../tiers/tier';

/** The tier's first component of a kind. */
export function component<Kind extends ComponentKind>(tier: Pick<Tier, 'components'>, kind: Kind): ComponentOf<Kind> | undefined {
  return tier.components.find((each): each is ComponentOf<Kind> => each.kind === kind);
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

/**
 * Under what name a group's release is published. Servers of two generations run different releases while a promotion lasts, so
 * that each later generation has one of its own.
 */
export function releaseName(environment: Pick<Environment, 'generations'>, { id }: Pick<Component, 'id'>): string {
  return generation(environment, id) === 1 ? id : `${id}_g${generation(environment, id)}`;
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
