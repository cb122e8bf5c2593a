import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformOutput } from 'cdktf';
import { awsRegion, globalRegion } from '../../../catalog/aws';
import { ConfigurationChannel } from '../../../constructs/aws/configuration-channel';
import { Network } from '../../../constructs/aws/network';
import type { Site } from '../../../constructs/aws/site';
import { Zone } from '../../../constructs/aws/zone';
import type { Environment } from '../../../environments/schema';
import type { Tier } from '../../../tiers/tier';
import type { TierStack } from '../../tier-stack';
import { component } from '../naming';
import { buildAll } from './builders';
import { natFor, zoneCount } from './builds';
import type { Workshop } from './workshop';

/** Adds provider and every component of a tier to a stack. */
export function build(stack: TierStack, environment: Environment, tier: Tier): void {
  const site = layOut(stack, environment, tier);
  const shop: Workshop = {
    stack,
    environment,
    tier,
    site,
    zoneIds: awsRegion(environment.region).zones.slice(0, zoneCount(tier)),
    zone: new Zone(stack, 'dns', { site, domain: environment.domain, ttlSeconds: component(tier, 'dns')?.ttlSeconds ?? 300 }),
    channel: new ConfigurationChannel(stack, 'configuration', { site }),
    parts: { servers: new Map(), firewalls: new Map(), watches: [] },
  };
  buildAll(shop);
  announce(shop);
}

function layOut(stack: TierStack, environment: Environment, tier: Tier): Site {
  const prefix = `${environment.namePrefix}-${environment.name}`;
  const { slug: region, zones, network: cidr } = awsRegion(environment.region);
  new AwsProvider(stack, 'aws', providerOf(environment, region));
  return {
    prefix,
    region,
    network: new Network(stack, 'network', { name: prefix, region, cidr, zoneIds: zones.slice(0, zoneCount(tier)), nat: natFor(tier) }),
    global: region === globalRegion ? undefined : new AwsProvider(stack, 'aws_global', { ...providerOf(environment, globalRegion), alias: 'global' }),
    disposable: environment.disposable !== undefined,
  };
}

/** Whoever pays sees by these tags what belongs together. */
function providerOf(environment: Environment, region: string) {
  return { region, defaultTags: [{ tags: { terrace: 'yes', environment: environment.name, ...environment.tags } }] };
}

/** What a person or a pipeline wants to know after a deploy. */
function announce({ stack, environment, parts, zone }: Workshop): void {
  new TerraformOutput(stack, 'url', { value: `https://${environment.domain}`, staticId: true });
  new TerraformOutput(stack, 'name_servers', { value: zone.nameServers, staticId: true, description: 'Name servers that the registrar must delegate the domain to.' });
  if (parts.database !== undefined) new TerraformOutput(stack, 'database_writer', { value: parts.database.host, staticId: true, description: 'Where writes go, within the network.' });
  if (parts.readerEndpoint !== undefined) new TerraformOutput(stack, 'database_reader', { value: parts.readerEndpoint, staticId: true, description: 'Where reads may go, within the network: one replica after the other.' });
  if (parts.entry?.kind === 'address') new TerraformOutput(stack, 'address', { value: parts.entry.address, staticId: true, description: 'IPv4 address that the domain points to.' });
}
