import { DigitaloceanProvider } from '@cdktf/provider-digitalocean/lib/provider';
import { TerraformOutput } from 'cdktf';
import { region } from '../../../catalog/digitalocean';
import { ConfigurationChannel } from '../../../constructs/digitalocean/configuration-channel';
import { Network } from '../../../constructs/digitalocean/network';
import { Project } from '../../../constructs/digitalocean/project';
import type { Site } from '../../../constructs/digitalocean/site';
import { Zone } from '../../../constructs/digitalocean/zone';
import type { Environment } from '../../../environments/schema';
import type { Tier } from '../../../tiers/tier';
import type { TierStack } from '../../tier-stack';
import { recordChannelKeys } from '../../channel-keys';
import type { Platform } from '../platform';
import { buildAll, builders } from './builders';
import { component, type Workshop } from './workshop';

/** DigitalOcean: tiers 1 to 3. */
export const digitalocean: Platform = {
  id: 'digitalocean',
  builds: (each) => builders[each.kind] !== undefined && !('runtime' in each && each.runtime === 'pod') && !('count' in each && autoscaled(each.count)),
  build,
};

/** Autoscaling comes with the upper tiers. */
function autoscaled(count: unknown): boolean {
  return typeof count === 'object' && count !== null && 'min' in count;
}

function build(stack: TierStack, environment: Environment, tier: Tier): void {
  new DigitaloceanProvider(stack, 'digitalocean');
  const site = layOut(stack, environment);
  const shop: Workshop = {
    stack,
    environment,
    tier,
    site,
    zone: new Zone(stack, 'dns', { site, domain: environment.domain, ttlSeconds: component(tier, 'dns')?.ttlSeconds ?? 300 }),
    channel: new ConfigurationChannel(stack, 'configuration', { site, keyGenerations: environment.channelKeys }),
    parts: { servers: new Map(), serverNames: [], tags: new Map() },
  };
  buildAll(shop);
  recordChannelKeys(stack, environment, shop.parts.serverNames);
  announce(shop);
}

function layOut(stack: TierStack, environment: Environment): Site {
  const prefix = `${environment.namePrefix}-${environment.name}`;
  const network = new Network(stack, 'network', { name: prefix, region: environment.region });
  const project = new Project(stack, 'network_project', { name: prefix, description: `${environment.name}, grown by Terrace` });
  return {
    prefix,
    region: environment.region,
    spacesRegion: region(environment.region).nearestSpaces,
    project,
    vpcId: network.vpcId,
    tags: ['terrace', `environment:${environment.name}`, ...Object.entries(environment.tags).map(([key, value]) => `${key}:${value}`)],
    disposable: environment.disposable !== undefined,
  };
}

/** What a person or a pipeline wants to know after a deploy. */
function announce({ stack, environment, parts }: Workshop): void {
  new TerraformOutput(stack, 'url', { value: `https://${environment.domain}`, staticId: true });
  if (parts.entry !== undefined) new TerraformOutput(stack, 'address', { value: parts.entry.address, staticId: true, description: 'IPv4 address that the domain points to.' });
}
