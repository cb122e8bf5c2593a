import type { Component, ComponentKind, ComponentOf } from '../../components/component';
import type { Environment } from '../../environments/schema';
import type { Tier } from '../../tiers/tier';
import { siteOf } from './naming';

/** How a platform builds each kind of component. */
export type Builders<Shop, Kinds extends ComponentKind = ComponentKind> = {
  readonly [Kind in Kinds]: (shop: Shop, component: ComponentOf<Kind>) => void;
};

/** What every platform's shop has. */
interface AnyShop {
  readonly tier: Tier;
  readonly environment: Environment;
  readonly site: { readonly prefix: string };
}

/** Builds every component of a tier, in the order of the platform's table: what is referred to comes before what refers to it. */
export function buildAll<Shop extends AnyShop>(shop: Shop, builders: Partial<Builders<Shop>>): void {
  for (const kind of Object.keys(builders) as ComponentKind[]) {
    for (const each of shop.tier.components) if (each.kind === kind) buildOne(shop, each, builders);
  }
}

function buildOne<Shop extends AnyShop>(shop: Shop, component: Component, builders: Partial<Builders<Shop>>): void {
  const build = builders[component.kind] as ((shop: Shop, component: Component) => void) | undefined;
  build?.({ ...shop, site: siteOf(shop.site, shop.environment, component) }, component);
}
