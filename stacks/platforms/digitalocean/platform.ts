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
import { channelOf, lastingPrefix, layerOutput, siteOf } from '../naming';
import { recordChannelKeys } from '../../channel-keys';
import { recordEvents } from '../../regions';
import { buildAll } from '../build-all';
import { builders } from './builders';
import { component, type Workshop } from './workshop';

/** Adds provider and every component of a tier to a stack. */
export function build(stack: TierStack, environment: Environment, tier: Tier): void {
  new DigitaloceanProvider(stack, 'digitalocean');
  const network = new Network(stack, 'network', { name: lastingPrefix(environment, tier), region: environment.region });
  const site = layOut(stack, environment, tier, network);
  const shop: Workshop = {
    stack,
    environment,
    tier,
    site,
    addressRange: network.addressRange,
    zone: new Zone(stack, 'dns', { site, domain: environment.domain, ttlSeconds: component(tier, 'dns')?.ttlSeconds ?? 300 }),
    channel: new ConfigurationChannel(stack, 'configuration', {
      site: siteOf(site, environment, channelOf(tier)),
      keyGenerations: environment.channelKeys,
    }),
    parts: { servers: new Map(), watches: [], serverNames: [], tags: new Map(), clusters: [], told: { shards: {}, credentials: {} } },
  };
  buildAll(shop, builders);
  recordChannelKeys(stack, environment, shop.parts.serverNames);
  recordEvents(stack, tier, site.disposable);
  announce(shop);
}

function layOut(stack: TierStack, environment: Environment, tier: Tier, network: Network): Site {
  const name = lastingPrefix(environment, tier);
  const project = new Project(stack, 'network_project', { name, description: `${environment.name}, grown by Terrace` });
  return {
    prefix: `${environment.namePrefix}-${environment.name}`,
    region: environment.region,
    spacesRegion: region(environment.region).nearestSpaces,
    project,
    vpcId: network.vpcId,
    tags: ['terrace', `environment:${environment.name}`, ...Object.entries(environment.tags).map(([key, value]) => `${key}:${value}`)],
    disposable: environment.disposable !== undefined,
  };
}

/** What a person or a pipeline wants to know after a deploy. */
function announce(shop: Workshop): void {
  const { stack, environment, parts } = shop;
  const say = (id: string, value: unknown, description?: string) =>
    new TerraformOutput(stack, id, { value, staticId: true, ...(description === undefined ? {} : { description }) });
  say('url', `https://${environment.domain}`);
  tellWorkloads(shop);
  if (parts.entry !== undefined) say('address', parts.entry.address, 'IPv4 address that the domain points to.');
  if (parts.readers === undefined || parts.database === undefined) return;
  const { readers, database } = parts;
  say('database_writer', `${database.host}:${database.port}`, 'Where writes go, within the private network.');
  say(
    'database_readers',
    readers.hosts.map((host) => `${host}:${readers.port}`),
    'Where reads may go, within the private network. They lag behind the writer.',
  );
}

/** What the layer that runs in the clusters reads from this one's state. */
function tellWorkloads({ stack, environment, tier, parts: { clusters, told, storage, frontend } }: Workshop): void {
  if (clusters.length === 0) return;
  const named = layerOutput(environment, tier);
  const tell = (id: string, value: unknown, sensitive = false) =>
    new TerraformOutput(stack, named(id), { value, staticId: true, sensitive });
  tell(
    'clusters',
    Object.fromEntries(
      clusters.map(({ site, cluster }) => [
        site.region,
        { id: cluster.id, name: cluster.name, endpoint: cluster.endpoint, ca_certificate: cluster.caCertificate },
      ]),
    ),
  );
  tell('shards', told.shards);
  if (told.cache !== undefined) tell('cache', told.cache);
  if (told.events !== undefined) tell('event_stream', told.events);
  if (storage !== undefined)
    tell('object_storage', {
      bucket: storage.bucket,
      endpoint: storage.endpoint,
      region: storage.region,
      access_key_id: storage.accessKeyId,
    });
  if (frontend !== undefined) tell('assets_url', frontend.url);
  tell('credentials', { ...told.credentials, ...(storage === undefined ? {} : { storage: storage.secretAccessKey }) }, true);
}
