import type { Decimal } from 'decimal.js';
import { databaseSizeList } from '../../../../catalog/digitalocean/databases';
import type { ResourceGraph, ResourceNode } from '../../../graph/types';
import { decimal } from '../../decimal';
import { attributesOf, countOr, isSet, quantity, text, why } from '../read';
import type { Block } from '../read';
import { monthly, unpriced } from '../results';
import type { CostComponent, Mapping, MappingResult, UnpricedPart } from '../types';
import { product } from './products';

/** A managed database: a primary by its plan and standbys as a percentage of it, with storage beyond the plan's. */
export const databaseCluster: Mapping = { type: 'digitalocean_database_cluster', map: mapCluster };

/** A read replica, priced as a share of the plan of its size. */
export const databaseReplica: Mapping = { type: 'digitalocean_database_replica', map: mapReplica };

/** Engine as the provider calls it, to the service in the price book. `redis` became Valkey in 2025, at Valkey's prices. */
const services: Readonly<Record<string, string>> = {
  pg: 'managed-postgresql',
  mysql: 'managed-mysql',
  valkey: 'managed-valkey',
  redis: 'managed-valkey',
  mongodb: 'managed-mongodb',
  kafka: 'managed-kafka',
  opensearch: 'managed-opensearch',
};

/** Engines whose further nodes are standbys, with a price of their own; the nodes of the others all cost the same. */
const withStandby: ReadonlySet<string> = new Set(['managed-postgresql', 'managed-mysql']);

function mapCluster(node: ResourceNode): MappingResult {
  const block = attributesOf(node);
  const engine = text(block, 'engine');
  const size = text(block, 'size');
  const count = countOr(block, 'node_count', 1);
  if (engine === undefined || size === undefined) return unpriced(why(block, engine === undefined ? 'engine' : 'size'));
  if (count === undefined) return unpriced(why(block, 'node_count'));
  const service = services[engine];
  if (service === undefined) return unpriced(`its engine "${engine}" is not one of ${Object.keys(services).join(', ')}`);
  const storage = storageOf(block, service, size, count);
  return { kind: 'priced', components: [...nodes(service, size, count), ...storage.components], unpriced: storage.unpriced };
}

function nodes(service: string, size: string, count: Decimal): readonly CostComponent[] {
  const plan = product(service, size);
  if (!withStandby.has(service) || count.lte(1)) return [monthly(`${label(service)} ${size}`, plan, count)];
  const standby = {
    name: `standby ${size}`,
    quantity: count.minus(1),
    unit: 'percent-of-resource',
    product: product(service, 'standby-node'),
    percentOf: plan,
  };
  return [monthly(`${label(service)} ${size}`, plan), standby];
}

function label(service: string): string {
  return service.replace('-', ' ');
}

interface Storage {
  readonly components: readonly CostComponent[];
  readonly unpriced: readonly UnpricedPart[];
}

const noStorage: Storage = { components: [], unpriced: [] };

/** Valkey has no storage of its own to buy; elsewhere what a plan includes must be known before more can be priced. */
function storageOf(block: Block, service: string, size: string, count: Decimal): Storage {
  if (!isSet(block, 'storage_size_mib') || service === 'managed-valkey') return noStorage;
  const mib = quantity(block, 'storage_size_mib');
  const included = databaseSizeList('postgresql').find((one) => one.slug === size)?.minimumStorageGib;
  if (mib === undefined) return partly(why(block, 'storage_size_mib'));
  if (included === undefined) return partly(`what ${size} includes of its ${mib.div(1024)} GiB is not in the catalog`);
  const extra = mib.div(1024).minus(included).times(count);
  if (extra.lte(0)) return noStorage;
  return {
    components: [{ name: 'storage beyond the plan', quantity: extra, unit: 'GB-month', product: product(service, 'additional-storage') }],
    unpriced: [],
  };
}

function partly(reason: string): Storage {
  return { components: [], unpriced: [{ name: 'storage beyond the plan', reason }] };
}

function mapReplica(node: ResourceNode, graph: ResourceGraph): MappingResult {
  const block = attributesOf(node);
  const [cluster] = graph.referenced(node, 'cluster_id');
  if (cluster === undefined) return unpriced('the cluster it replicates is not in this configuration, so its engine is not known');
  const parent = attributesOf(cluster);
  const service = services[text(parent, 'engine') ?? ''];
  if (service === undefined) return unpriced(`of the cluster it replicates, ${why(parent, 'engine')}`);
  const size = isSet(block, 'size') ? text(block, 'size') : text(parent, 'size');
  if (size === undefined) return unpriced(why(block, 'size'));
  const storage = storageOf(block, service, size, decimal(1));
  return { kind: 'priced', components: [replica(service, size), ...storage.components], unpriced: storage.unpriced };
}

function replica(service: string, size: string): CostComponent {
  return {
    name: `read replica ${size}`,
    quantity: decimal(1),
    unit: 'percent-of-resource',
    product: product(service, 'read-only-node'),
    percentOf: product(service, size),
  };
}
