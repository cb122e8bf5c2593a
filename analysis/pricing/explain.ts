import { graphFromSynthesis } from '../graph/synthesis';
import type { JsonObject, JsonValue } from '../graph/types';
import { nearest } from '../../values/nearest';
import type { PriceBook } from './book/types';
import { explainUnknownType } from './errors';
import { estimate } from './estimate';
import type { Estimate } from './estimate-types';

/** How a type says its size, and what else it needs to have a price. */
interface Sized {
  /** Argument that holds the size; `a.b` is argument `b` of block `a`. */
  readonly argument: string;
  readonly with?: JsonObject;
  /** Settings that change the price, each explained on its own. @default - one, without more settings */
  readonly variants?: Readonly<Record<string, JsonObject>>;
}

const engines = (names: readonly string[]): Readonly<Record<string, JsonObject>> =>
  Object.fromEntries(names.map((engine) => [engine, { engine }]));

const sizes: Readonly<Record<string, Sized>> = {
  aws_db_instance: {
    argument: 'instance_class',
    with: { allocated_storage: 100, storage_type: 'gp3', engine: 'postgres' },
    variants: { 'one zone': {}, 'Multi-AZ': { multi_az: true } },
  },
  aws_ebs_volume: { argument: 'type', with: { size: 100 } },
  aws_elasticache_cluster: { argument: 'node_type', with: { num_cache_nodes: 1 }, variants: engines(['redis', 'valkey', 'memcached']) },
  aws_elasticache_replication_group: { argument: 'node_type', with: { num_cache_clusters: 1 }, variants: engines(['redis', 'valkey']) },
  aws_instance: { argument: 'instance_type' },
  aws_lambda_function: { argument: 'memory_size' },
  aws_launch_template: { argument: 'instance_type' },
  aws_msk_cluster: { argument: 'broker_node_group_info.instance_type', with: { number_of_broker_nodes: 1 } },
  aws_opensearch_domain: { argument: 'cluster_config.instance_type' },
  aws_rds_cluster_instance: { argument: 'instance_class', with: { engine: 'aurora-postgresql' } },
  digitalocean_database_cluster: {
    argument: 'size',
    with: { node_count: 1 },
    variants: engines(['pg', 'mysql', 'valkey', 'redis', 'mongodb', 'kafka', 'opensearch']),
  },
  digitalocean_database_replica: { argument: 'size' },
  digitalocean_droplet: { argument: 'size' },
  digitalocean_kubernetes_node_pool: { argument: 'size', with: { node_count: 1 } },
  digitalocean_loadbalancer: { argument: 'size_unit' },
  digitalocean_volume: { argument: 'size' },
  google_compute_disk: { argument: 'type', with: { size: 100 } },
  google_compute_instance: { argument: 'machine_type' },
  google_redis_instance: { argument: 'memory_size_gb' },
  google_sql_database_instance: { argument: 'settings.tier', with: { database_version: 'POSTGRES_16' } },
};

/** One way to buy a size. */
export interface Explanation {
  /** What sets it apart from the others: an engine, a number of zones. Empty where there is one way. */
  readonly variant: string;
  readonly region: string;
  readonly estimate: Estimate;
}

/** Regions that are taken where none is named: where most sources have their first price. */
const usualRegion: Readonly<Record<string, string>> = { aws: 'us-east-1', google: 'us-central1' };

/**
 * What one resource of a type and size costs, in each of the ways in which it is sold and the book has a price.
 * @throws TerraceError PRICING_EXPLAIN_UNKNOWN_TYPE
 */
export function explainSize(type: string, size: string, book: PriceBook, region?: string): readonly Explanation[] {
  const sized = Object.hasOwn(sizes, type) ? sizes[type] : undefined;
  if (sized === undefined) throw explainUnknownType(type, Object.keys(sizes), nearest(type, Object.keys(sizes)));
  const provider = type.split('_', 1)[0] ?? '';
  const place = region ?? usualRegion[provider];
  const all = Object.entries(sized.variants ?? { '': {} }).map(([variant, settings]) => ({
    variant,
    region: place ?? 'all',
    estimate: estimate(
      graphFromSynthesis(configuration(type, provider, place, { ...sized.with, ...settings, ...argument(sized.argument, size) })),
      book,
    ),
  }));
  const priced = all.filter((one) => one.estimate.lines.some((line) => !line.monthly.isZero()));
  return priced.length > 0 ? priced : all.slice(0, 1);
}

/** Terraform takes texts for numbers, so that 100 GB may be written as a text. */
function argument(path: string, size: string): JsonObject {
  const [block = '', name] = path.split('.');
  const value: JsonValue = /^\d+$/.test(size) ? Number(size) : size;
  return name === undefined ? { [block]: value } : { [block]: { [name]: value } };
}

function configuration(type: string, provider: string, region: string | undefined, body: JsonObject): JsonObject {
  return { ...(region === undefined ? {} : { provider: { [provider]: { region } } }), resource: { [type]: { example: body } } };
}
