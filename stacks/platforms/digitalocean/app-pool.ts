import { AutoscaledServers } from '../../../constructs/digitalocean/autoscaled-servers';
import { ServerFirewall } from '../../../constructs/digitalocean/server-firewall';
import { Turns } from '../../../constructs/digitalocean/turns';
import { bootstrap, documentKey } from '../../../constructs/server';
import { imageSlug } from './image';
import { administration, publish, type GroupPlan, type Payload } from './servers';
import { accountName, component, constructId, lastingPrefix, releaseName, servingSite, tagOf, type Workshop } from './workshop';

/** A group that grows and shrinks with the load. */
export interface PoolPlan extends Pick<GroupPlan, 'component' | 'size' | 'open'> {
  readonly least: number;
  readonly most: number;
}

/** Makes tag, firewall and pool, the bucket in which its members take turns, and publishes what they run. */
export function raisePool(shop: Workshop, plan: PoolPlan, payload: Payload): void {
  const { stack, site, environment } = shop;
  const { id } = plan.component;
  const tag = tagOf(shop, id);
  const firewall = new ServerFirewall(stack, `${id}_firewall`, {
    name: `${lastingPrefix(environment, shop.tier)}-${id}`,
    tag,
    open: [...plan.open, ...administration(shop)],
  });
  // Beside the channel: a part of how releases reach servers, whoever they are.
  const { lease } = new Turns(stack, `${component(shop.tier, 'configuration')?.id ?? 'configuration'}_turns_${id}`, {
    site,
    group: id,
    least: plan.least,
  });
  const channel = shop.channel.for(documentKey(releaseName(environment, plan.component)));
  const pool = new AutoscaledServers(stack, constructId(environment, plan.component), {
    site: servingSite(shop, plan.component),
    name: accountName(site.prefix, environment, plan.component),
    tag,
    size: plan.size,
    image: imageSlug,
    userData: bootstrap({ group: id, channel }),
    least: plan.least,
    most: plan.most,
    firewall,
  });
  publish(shop, plan.component, [], { ...payload, lease });
  shop.parts.servers.set(id, pool);
}
