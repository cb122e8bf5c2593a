import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformOutput } from 'cdktf';
import { awsRegion, globalRegion } from '../../../catalog/aws';
import { ConfigurationChannel } from '../../../constructs/aws/configuration-channel';
import { Network } from '../../../constructs/aws/network';
import { Peering } from '../../../constructs/aws/peering';
import type { Site } from '../../../constructs/aws/site';
import { Zone } from '../../../constructs/aws/zone';
import type { Environment } from '../../../environments/schema';
import type { Tier } from '../../../tiers/tier';
import { recordEvents, recordFilled, recordList } from '../../regions';
import type { TierStack } from '../../tier-stack';
import { furtherRegions, isEmptied } from '../../workloads/sites';
import { channelOf, component, lastingPrefix, siteOf } from '../naming';
import { buildAll } from '../build-all';
import { builders } from './builders';
import { letGoogleRead } from './google-pods';
import { natFor, zoneCount } from './builds';
import { providerOf } from './provider-of';
import { regionsOf, type Region } from './regions';
import { openToSecondCloud } from './second-cloud';
import { announceUpper } from './upper';
import type { Workshop } from './workshop';

/** Adds provider and every component of a tier to a stack. */
export function build(stack: TierStack, environment: Environment, tier: Tier): void {
  const regions = regionsOf(environment, tier).map((region, index) => layOut(stack, environment, tier, region, index));
  connect(stack, environment, tier, regions);
  const site = homeOf(regions);
  const shop: Workshop = {
    stack,
    environment,
    tier,
    site,
    regions,
    zoneIds: awsRegion(environment.region).zones.slice(0, zoneCount(tier)),
    zone: new Zone(stack, 'dns', { site, domain: environment.domain, ttlSeconds: component(tier, 'dns')?.ttlSeconds ?? 300 }),
    channel: new ConfigurationChannel(stack, 'configuration', { site: siteOf(site, environment, channelOf(tier)) }),
    parts: { servers: new Map(), firewalls: new Map(), watches: [], clusters: [], secrets: new Map() },
  };
  openToSecondCloud(shop);
  buildAll(shop, builders);
  letGoogleRead(shop);
  recordEvents(stack, tier, site.disposable);
  announce(shop);
  announceUpper(shop);
}

/** Provider and network of one region. The first is the environment's home, and its provider the stack's own. */
function layOut(stack: TierStack, environment: Environment, tier: Tier, slug: string, index: number): Region {
  const prefix = `${environment.namePrefix}-${environment.name}`;
  const { slug: region, zones, network: cidr } = awsRegion(slug);
  const suffix = index === 0 ? '' : `_${region.replaceAll('-', '_')}`;
  const own = new AwsProvider(stack, `aws${suffix}`, {
    ...providerOf(environment, region),
    ...(index === 0 ? {} : { alias: region.replaceAll('-', '_') }),
  });
  const provider = index === 0 ? undefined : own;
  const network = new Network(stack, `network${suffix}`, {
    name: lastingPrefix(environment, tier),
    region,
    cidr,
    zoneIds: zones.slice(0, zoneCount(tier)),
    nat: natFor(tier),
    ...(provider === undefined ? {} : { provider }),
  });
  const global = environment.region === globalRegion ? undefined : globalProvider(stack, environment);
  const mark = index === 0 ? '' : `-${zones[0]?.split('-')[0] ?? region}`;
  // What is there loses its protection while it still stands: a deletion takes what was applied before it.
  const disposable = environment.disposable !== undefined || isEmptied(environment, region);
  return { site: { prefix, region, network, global, disposable }, provider, suffix, mark };
}

/** One configuration for what lies in the global region always, however many regions ask. */
function globalProvider(stack: TierStack, environment: Environment): AwsProvider {
  const found = stack.node.tryFindChild('aws_global');
  return found instanceof AwsProvider
    ? found
    : new AwsProvider(stack, 'aws_global', { ...providerOf(environment, globalRegion), alias: 'global' });
}

/**
 * The state remembers the regions, and a private way leads from each to each: databases are at home, their copies in the second.
 * A region that was left keeps its provider, which has to delete what was there, and its place in the state: whoever takes the
 * name out of both lists is refused.
 */
function connect(stack: TierStack, environment: Environment, tier: Tier, regions: readonly Region[]): void {
  const standing = regions.map(({ site }) => site.region);
  const further = furtherRegions(environment, standing);
  if (regions.length + further.left.length === 1) return;
  const home = homeOf(regions);
  recordList(stack, 'regions', [...standing, ...further.left], home.disposable);
  recordFilled(stack, further, home.disposable);
  for (const region of further.left)
    new AwsProvider(stack, `aws_${region.replaceAll('-', '_')}`, {
      ...providerOf(environment, region),
      alias: region.replaceAll('-', '_'),
    });
  const name = lastingPrefix(environment, tier);
  for (const [from, to] of regions.flatMap((one, index) => regions.slice(index + 1).map((other) => [one, other] as const))) {
    if (to.provider !== undefined)
      new Peering(stack, `network_peering${from.suffix}${to.suffix}`, {
        name,
        from: from.site.network,
        to: to.site.network,
        ...(from.provider === undefined ? {} : { fromProvider: from.provider }),
        region: to.site.region,
        provider: to.provider,
      });
  }
}

function homeOf(regions: readonly Region[]): Site {
  const [home] = regions;
  if (home === undefined) throw new RangeError('an environment stands in one region at least');
  return home.site;
}

/** What a person or a pipeline wants to know after a deploy. */
function announce({ stack, environment, parts, zone }: Workshop): void {
  new TerraformOutput(stack, 'url', { value: `https://${environment.domain}`, staticId: true });
  new TerraformOutput(stack, 'name_servers', {
    value: zone.nameServers,
    staticId: true,
    description: 'Name servers that the registrar must delegate the domain to.',
  });
  if (parts.database !== undefined)
    new TerraformOutput(stack, 'database_writer', {
      value: parts.database.host,
      staticId: true,
      description: 'Where writes go, within the network.',
    });
  if (parts.readerEndpoint !== undefined)
    new TerraformOutput(stack, 'database_reader', {
      value: parts.readerEndpoint,
      staticId: true,
      description: 'Where reads may go, within the network: one replica after the other.',
    });
  if (parts.entry?.kind === 'address')
    new TerraformOutput(stack, 'address', {
      value: parts.entry.address,
      staticId: true,
      description: 'IPv4 address that the domain points to.',
    });
}
