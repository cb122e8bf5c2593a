import { kubernetesVersion, podNetworks } from '../../../catalog/digitalocean';
import type { ComponentOf } from '../../../components/component';
import { GlobalBalancer } from '../../../constructs/digitalocean/global-balancer';
import { GpuNodes, KubernetesRegion } from '../../../constructs/digitalocean/kubernetes-region';
import { Network, NetworkPeering } from '../../../constructs/digitalocean/network';
import { PostgresShard } from '../../../constructs/digitalocean/postgres-shard';
import { RegionalEntry } from '../../../constructs/digitalocean/regional-entry';
import { ServerFirewall } from '../../../constructs/digitalocean/server-firewall';
import type { Site } from '../../../constructs/digitalocean/site';
import { entrancePorts } from '../../../constructs/kubernetes/flavour';
import { shardNames, shardRanges } from '../../../components/shard-map';
import { recordFilled, recordList } from '../../regions';
import { furtherRegions, isEmptied } from '../../workloads/sites';
import { nodeChoice } from './gpu';
import { clusterRegions, dealt } from './regions';
import { appServerSize, clusterNodeSize, postgresSize } from './sizes';
import { watchBalancer, watchCluster } from './watches';
import { accountName, appAsTrusted, component, constructId, lastingPrefix, tagOf, type RegionalCluster, type Workshop } from './workshop';

/** A cluster in each region, each in a network of its own, and the networks joined. */
export function buildClusters(shop: Workshop, cluster: ComponentOf<'kubernetes-cluster'>): void {
  const tag = tagOf(shop, cluster.id);
  const standing = clusterRegions(shop.environment, cluster);
  // A region that is being left keeps its place in the state: whoever takes the name out of both lists is refused.
  const further = furtherRegions(shop.environment, standing);
  recordList(shop.stack, 'digitaloceanRegions', [...standing, ...further.left], shop.site.disposable);
  recordFilled(shop.stack, further, shop.site.disposable);
  for (const region of standing) {
    const site = siteIn(shop, region);
    const built = new KubernetesRegion(shop.stack, `${constructId(shop.environment, cluster)}_${region}`, {
      site,
      name: `${accountName(site.prefix, shop.environment, cluster)}-${region}`,
      version: kubernetesVersion.minor,
      tag,
      networks: podNetworks(region),
      systemSize: appServerSize({ vcpus: 2, memoryGib: 4 }),
      size: clusterNodeSize({ vcpus: cluster.nodeVcpus, memoryGib: cluster.nodeMemoryGib }),
      least: cluster.nodes.min,
      most: cluster.nodes.max,
    });
    shop.parts.clusters.push({ site, cluster: built });
  }
  shop.parts.servers.set(cluster.id, { tag, privateAddresses: [] });
}

/** The site in one of the environment's regions: its own network, joined with the home region's. */
function siteIn(shop: Workshop, region: string): Site {
  const { stack, site } = shop;
  if (region === site.region) return site;
  const id = component(shop.tier, 'network')?.id ?? 'network';
  const name = `${lastingPrefix(shop.environment, shop.tier)}-${region}`;
  const { vpcId } = new Network(stack, `${id}_${region}`, { name, region });
  new NetworkPeering(stack, `${id}_${region}_peering`, { name, vpcIds: [site.vpcId, vpcId] });
  return { ...site, region, vpcId };
}

/** Nodes with cards, dealt out over the clusters. */
export function buildGpuNodes(shop: Workshop, pool: ComponentOf<'gpu-pool'>): void {
  const { clusters } = shop.parts;
  const tag = tagOf(shop, pool.id);
  clusters.forEach(({ site, cluster }, index) => {
    const [count, choice] = [dealt(pool.count, index, clusters.length), nodeChoice(pool, shop.environment, site.region)];
    if (count > 0 && choice.kind === 'gpu')
      new GpuNodes(shop.stack, `${constructId(shop.environment, pool)}_${site.region}`, {
        clusterId: cluster.id,
        size: choice.offer.size.slug,
        count,
        tag,
      });
  });
  shop.parts.servers.set(pool.id, { tag, privateAddresses: [] });
}

/** One balancer for the world, one for each region behind it, and the nodes' port open to these alone. */
export function buildGlobalBalancer(shop: Workshop, balancer: ComponentOf<'global-load-balancer'>): void {
  const { stack, site, zone, environment } = shop;
  const built = new GlobalBalancer(stack, balancer.id, {
    site,
    zone,
    domain: environment.domain,
    name: site.prefix,
    healthPath: environment.app.healthPath,
  });
  const cluster = component(shop.tier, 'kubernetes-cluster');
  const tag = tagOf(shop, cluster?.id ?? 'cluster');
  const entries = shop.parts.clusters.map((each) => {
    const { id } = regionalEntry(shop, balancer.id, each, tag, built.certificateName);
    return { id, region: each.site.region };
  });
  // Where a cluster is being emptied nothing answers any more: the balancer is told before its pods go.
  for (const { id } of entries.filter(({ region }) => !isEmptied(environment, region))) built.add(id);
  new ServerFirewall(stack, `${cluster?.id ?? 'cluster'}_firewall`, {
    name: `${site.prefix}-cluster`,
    tag,
    open: [{ port: entrancePorts.https, admit: { from: 'balancers', ids: entries.map(({ id }) => id) } }],
  });
  shop.parts.entry = built;
  shop.parts.globalBalancer = built;
}

/** Only nodes of its own network can be behind a balancer, whatever others carry the tag. */
function regionalEntry(shop: Workshop, id: string, { site }: RegionalCluster, targetTag: string, certificateName: string): RegionalEntry {
  const entry = new RegionalEntry(shop.stack, `${id}_${site.region}`, {
    site,
    name: `${site.prefix}-entry-${site.region}`,
    targetTag,
    targetPort: entrancePorts.https,
    certificateName,
  });
  shop.parts.watches.push(...watchBalancer(shop, `${id}_${site.region}`, entry.id));
  return entry;
}

/** PostgreSQL in shards, all at home, each with copies in other regions; and the map that says which bucket is in which. */
export function buildShards(shop: Workshop, database: ComponentOf<'sharded-database'>): void {
  const { stack, site, environment, parts } = shop;
  recordList(stack, 'shards', shardNames(database.shards), site.disposable);
  const others = parts.clusters.slice(1).map(({ site: other }) => other);
  const base = accountName(site.prefix, environment, database);
  const shards = shardNames(database.shards).map((name, index) => {
    const short = `${base}-s${index + 1}`;
    const shard = new PostgresShard(stack, `${constructId(environment, database)}_${name}`, {
      site,
      name: short,
      size: postgresSize(database.memoryGib, database.nodes),
      nodes: database.nodes,
      version: database.version,
      trusted: appAsTrusted(shop),
      replicas: Array.from({ length: database.replicas }, (_, copy) =>
        copyIn(others[(index + copy) % Math.max(1, others.length)] ?? site, copy + 1),
      ),
    });
    parts.watches.push(...watchCluster(shop, `${constructId(environment, database)}_${name}`, 'postgresql', shard.clusterId));
    const { host, port, user, password } = shard;
    parts.told.shards[name] = { host, port, database: shard.database, user, replica_host: shard.replicaHosts.join(',') || host };
    parts.told.credentials[name] = password;
    return [name, { host, port, database: shard.database, replicas: [...shard.replicaHosts] }] as const;
  });
  const reached = new Map(shards);
  const map = shardRanges(database).map((range) => ({ ...range, ...reached.get(range.name) }));
  shop.channel.publish('shards', 'shards.json', { version: 1, buckets: database.buckets, shards: map });
}

/** A replica's name is its own within its cluster, so that it need not begin with the environment's. */
function copyIn(site: Site, number: number): { readonly name: string; readonly site: Site } {
  return { name: `copy-${site.region}-${number}`, site };
}
