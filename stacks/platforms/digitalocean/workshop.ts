import type { Component } from '../../../components/component';
import type { Watch } from '../../../constructs/digitalocean/alerts';
import type { ICache } from '../../../constructs/cache';
import type { DatabaseConnection, DatabaseReaders } from '../../../constructs/database';
import type { ConfigurationChannel } from '../../../constructs/digitalocean/configuration-channel';
import type { DataVolume } from '../../../constructs/digitalocean/data-volume';
import type { GlobalBalancer } from '../../../constructs/digitalocean/global-balancer';
import type { KubernetesRegion } from '../../../constructs/digitalocean/kubernetes-region';
import type { Trusted } from '../../../constructs/digitalocean/database-cluster';
import { ServerTag } from '../../../constructs/digitalocean/server-firewall';
import type { Site } from '../../../constructs/digitalocean/site';
import type { Zone } from '../../../constructs/digitalocean/zone';
import type { IInference } from '../../../constructs/inference';
import type { IBucketAccess } from '../../../constructs/object-storage';
import type { BackupRepository } from '../../../constructs/server';
import type { IEntry, IServers } from '../../../constructs/servers';
import type { Environment } from '../../../environments/schema';
import type { Tier } from '../../../tiers/tier';
import type { TierStack } from '../../tier-stack';
import { accountName, component, constructId, lastingPrefix } from '../naming';

export { accountName, component, constructId, lastingPrefix, releaseName } from '../naming';

/** What is known while a tier is being built: the plan, and the parts that are there already. */
export interface Workshop {
  readonly stack: TierStack;
  readonly environment: Environment;
  readonly tier: Tier;
  readonly site: Site;
  /** The addresses of the private network, in CIDR notation. */
  readonly addressRange: string;
  readonly zone: Zone;
  readonly channel: ConfigurationChannel;
  readonly parts: Parts;
}

/** A cluster, and the site of its region. */
export interface RegionalCluster {
  readonly site: Site;
  readonly cluster: KubernetesRegion;
}

/** Parts by role, filled in as they are built. */
export interface Parts {
  database?: DatabaseConnection;
  readers?: DatabaseReaders;
  /** Id of the managed cluster, for its replicas. */
  databaseCluster?: string;
  dataVolume?: { readonly volume: DataVolume; readonly name: string };
  backups?: BackupRepository;
  cache?: ICache;
  inference?: IInference;
  storage?: IBucketAccess;
  frontend?: { readonly url: string };
  entry?: IEntry;
  /** Id of the balancer, which servers admit. */
  balancer?: string;
  /** Stands before the regions' own. */
  globalBalancer?: GlobalBalancer;
  /** Clusters, the home region's first. */
  readonly clusters: RegionalCluster[];
  /** Outputs for the layer that runs in the clusters. */
  readonly told: {
    readonly shards: Record<string, Readonly<Record<string, string>>>;
    readonly credentials: Record<string, string>;
    cache?: { readonly host: string; readonly port: string };
    events?: Readonly<Record<'brokers' | 'port' | 'user' | 'ca_certificate', string>>;
  };
  readonly servers: Map<string, IServers>;
  /** What monitoring raises alerts on beside servers. */
  readonly watches: Watch[];
  /** Names of the servers that read their releases from the channel. */
  readonly serverNames: string[];
  readonly tags: Map<string, ServerTag>;
}

/**
 * Tag of a component's servers, made when it is first asked for. It names the role, not the generation: whoever is admitted
 * stays admitted when servers move.
 */
export function tagOf(shop: Workshop, id: string): string {
  const tag = shop.parts.tags.get(id) ?? new ServerTag(shop.stack, `${id}_tag`, `${lastingPrefix(shop.environment, shop.tier)}-${id}`);
  shop.parts.tags.set(id, tag);
  return tag.name;
}

/**
 * Tag of one generation of a component's servers, for what sends them requests: while two generations stand, only one of them is
 * asked. Made when a balancer first asks for it, which is before the servers are made.
 */
export function servingTag(shop: Workshop, component: Pick<Component, 'id' | 'kind'>): string {
  const id = constructId(shop.environment, component);
  const tag = shop.parts.tags.get(id) ?? new ServerTag(shop.stack, `${id}_tag`, accountName(shop.site.prefix, shop.environment, component));
  shop.parts.tags.set(id, tag);
  return tag.name;
}

/** The site as servers of a component see it: with the tag by which a balancer finds them, where one does. */
export function servingSite(shop: Workshop, component: Pick<Component, 'id' | 'kind'>): Site {
  const tag = shop.parts.tags.get(constructId(shop.environment, component));
  return tag === undefined ? shop.site : { ...shop.site, tags: [tag.name, ...shop.site.tags] };
}

/** Who uses database, cache and model: the clusters where there are any, else the app's servers. */
export function appAsTrusted(shop: Workshop): Trusted {
  const { clusters } = shop.parts;
  return clusters.length === 0 ? { tags: [appTag(shop)] } : { clusters: clusters.map(({ cluster }) => cluster.id) };
}

/** Tag of the servers that use database, cache and model. */
export function appTag(shop: Workshop): string {
  return tagOf(shop, component(shop.tier, 'app-servers')?.id ?? 'app');
}
