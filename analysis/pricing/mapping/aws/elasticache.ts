import type { Decimal } from 'decimal.js';
import { one } from '../../decimal';
import { hoursPerMonth } from '../../arithmetic';
import type { Place } from '../place';
import { attributesOf, type Block, countOr, isSet, quantityOr, text, textOr, why } from '../read';
import { assembled, type Part, unpriced } from '../results';
import type { MappingResult } from '../types';
import { awsType } from './place';
import { zoneTraffic } from './servers';

/** A group of Redis or Valkey nodes: primaries and their replicas, all of one size. */
export const replicationGroup = awsType('aws_elasticache_replication_group', (block, at) => {
  const size = text(block, 'node_type');
  const engine = editionOf(textOr(block, 'engine', 'redis'));
  const count = nodesOf(block);
  if (size === undefined) return unpriced(why(block, 'node_type'));
  if (engine === undefined) return unpriced(why(block, 'engine'));
  if (count === undefined) return unpriced('how many nodes it has is not known before the apply');
  return assembled([nodes(at, size, engine, count), ...snapshots(block, at), ...zoneTraffic(at)]);
});

/** Shards with their replicas, or without shards so many nodes. */
function nodesOf(block: Block): Decimal | undefined {
  if (!isSet(block, 'num_node_groups') && !isSet(block, 'replicas_per_node_group')) return countOr(block, 'num_cache_clusters', 1);
  const [shards, replicas] = [countOr(block, 'num_node_groups', 1), countOr(block, 'replicas_per_node_group', 0)];
  return shards === undefined || replicas === undefined ? undefined : shards.times(replicas.plus(1));
}

const editions: Readonly<Record<string, string>> = { redis: 'redis-oss', valkey: 'valkey', memcached: 'memcached' };

function editionOf(engine: string | undefined): string | undefined {
  return editions[engine ?? ''];
}

function nodes(at: Place, size: string, engine: string, count: Decimal): Part {
  return at.hourly(`${engine} node ${size}`, 'elasticache', `${size}/${engine}`, { quantity: count }, [
    at.product('elasticache-reserved', `${size}/${engine}/1yr-no-upfront`),
  ]);
}

/** The first snapshot is included. */
function snapshots(block: Block, at: Place): readonly Part[] {
  const days = quantityOr(block, 'snapshot_retention_limit', 0);
  return days?.gt(1) === true ? [at.used('snapshots', 'backupGb', 'elasticache', 'snapshot-storage', 'GB-month')] : [];
}

/** Nodes without a group, or one more of a group. */
export const cacheCluster = awsType('aws_elasticache_cluster', mapCluster);

function mapCluster(block: Block, at: Place): MappingResult {
  const [group] = at.graph.referenced(at.node, 'replication_group_id');
  const owner = group === undefined ? block : attributesOf(group);
  const size = text(owner, 'node_type');
  const engine = editionOf(group === undefined ? text(block, 'engine') : textOr(owner, 'engine', 'redis'));
  const count = group === undefined ? countOr(block, 'num_cache_nodes', 1) : one;
  if (size === undefined) return unpriced(why(owner, 'node_type'));
  if (engine === undefined) return unpriced(why(owner, 'engine'));
  if (count === undefined) return unpriced(why(block, 'num_cache_nodes'));
  return assembled([nodes(at, size, engine, count), ...snapshots(block, at), ...zoneTraffic(at)]);
}

/** A cache without nodes. */
export const serverlessCache = awsType('aws_elasticache_serverless_cache', (block, at) => {
  const engine = editionOf(text(block, 'engine'));
  if (engine === undefined) return unpriced(why(block, 'engine'));
  return assembled([
    at.used('data', 'cacheDataGb', 'elasticache', `serverless/${engine}/data`, 'GB-hour', { factor: hoursPerMonth }),
    at.used('processing units', 'cacheEcpuMillion', 'elasticache', `serverless/${engine}/ecpu`, 'million-ecpu'),
  ]);
});

/** Redis that keeps its data. */
export const memoryDb = awsType('aws_memorydb_cluster', (block, at) => {
  const size = text(block, 'node_type');
  const [shards, replicas] = [countOr(block, 'num_shards', 1), countOr(block, 'num_replicas_per_shard', 1)];
  if (size === undefined) return unpriced(why(block, 'node_type'));
  if (shards === undefined || replicas === undefined) return unpriced('how many nodes it has is not known before the apply');
  const engine = textOr(block, 'engine', 'redis') === 'valkey' ? 'valkey' : 'redis-oss';
  return assembled([
    at.hourly(`node ${size}`, 'memorydb', `${size}/${engine}`, { quantity: shards.times(replicas.plus(1)) }),
    at.used('data written', 'ingestGb', 'memorydb', 'data-written', 'GB'),
  ]);
});
