import type { Decimal } from 'decimal.js';
import { hoursPerMonth } from '../../arithmetic';
import { decimal } from '../../decimal';
import type { Place } from '../place';
import { type Block, blocks, countOr, quantityOr, text, textOr, why } from '../read';
import { assembled, missing, type Part, unpriced } from '../results';
import { googleType } from './place';

/** A Cloud SQL server: vCPUs and memory, or a small one as a whole, with its storage. */
export const sqlInstance = googleType('google_sql_database_instance', (block, at) => {
  const [settings] = blocks(block, 'settings');
  if (settings === undefined) return unpriced(why(block, 'settings'));
  const tier = text(settings, 'tier');
  const availability = textOr(settings, 'availability_type', 'ZONAL');
  if (tier === undefined || availability === undefined) return unpriced(why(settings, tier === undefined ? 'tier' : 'availability_type'));
  const zones = availability === 'REGIONAL' ? 'regional-ha' : 'zonal';
  return assembled([
    ...server(at, tier, zones),
    ...licence(text(block, 'database_version')),
    ...storage(at, settings, zones),
    at.used('backups', 'backupGb', 'cloud-sql', 'backups', 'GB-month'),
  ]);
});

function server(at: Place, tier: string, zones: string): readonly Part[] {
  const custom = /^db-custom-(\d+)-(\d+)$/.exec(tier);
  const [, cpus, mib] = custom ?? [];
  if (cpus === undefined || mib === undefined) return [at.hourly(`server ${tier}, ${zones}`, 'cloud-sql', `${tier}/${zones}`)];
  return [
    at.amount(`vCPUs of ${tier}, ${zones}`, 'cloud-sql', `enterprise/vcpu/${zones}`, 'vCPU-hour', decimal(cpus).times(hoursPerMonth)),
    at.amount(
      `memory of ${tier}, ${zones}`,
      'cloud-sql',
      `enterprise/memory/${zones}`,
      'GB-hour',
      decimal(mib).div(1024).times(hoursPerMonth),
    ),
  ];
}

function licence(version: string | undefined): readonly Part[] {
  return version?.startsWith('SQLSERVER') === true ? [missing('licence', 'the price book has no price for SQL Server licences')] : [];
}

/** GB that a server has unless stated (Cloud SQL API, dataDiskSizeGb). */
const leastGb = 10;

function storage(at: Place, settings: Block, zones: string): readonly Part[] {
  const type = textOr(settings, 'disk_type', 'PD_SSD');
  if (type !== 'PD_SSD')
    return [missing('storage', type === undefined ? why(settings, 'disk_type') : `the price book has no price for ${type}`)];
  return [at.stated(`storage, ${zones}`, settings, 'disk_size', 'cloud-sql', `storage-ssd/${zones}`, 'GB-month', { fallback: leastGb })];
}

/** AlloyDB has 8 GB for each vCPU; its primary runs twice unless it is zonal. */
const gbPerVcpu = 8;

/** A server of AlloyDB, or a pool of those that only read. */
export const alloyInstance = googleType('google_alloydb_instance', (block, at) => {
  const [machine] = blocks(block, 'machine_config');
  const cpus = machine === undefined ? undefined : countOr(machine, 'cpu_count', 2);
  if (cpus === undefined) return unpriced(why(block, 'machine_config'));
  const [pool] = blocks(block, 'read_pool_config');
  const nodes =
    pool === undefined ? decimal(textOr(block, 'availability_type', 'REGIONAL') === 'ZONAL' ? 1 : 2) : countOr(pool, 'node_count', 1);
  if (nodes === undefined) return unpriced('its node_count is not known before the apply');
  const vcpus = cpus.times(nodes).times(hoursPerMonth);
  return assembled([
    at.amount('vCPUs', 'alloydb', 'vcpu', 'vCPU-hour', vcpus),
    at.amount('memory', 'alloydb', 'memory', 'GB-hour', vcpus.times(gbPerVcpu)),
  ]);
});

/** A cluster of AlloyDB is its storage. */
export const alloyCluster = googleType('google_alloydb_cluster', () =>
  unpriced('its storage grows with what it holds, and the price book has no price for it'),
);

/** Prices of Memorystore fall with size: GB up to which each class goes (Memorystore for Redis pricing). */
const classes: readonly (readonly [upTo: number, name: string])[] = [
  [4, 'M1'],
  [10, 'M2'],
  [35, 'M3'],
  [100, 'M4'],
  [Number.POSITIVE_INFINITY, 'M5'],
];

/** A Redis server, alone or with a standby. */
export const redisInstance = googleType('google_redis_instance', (block, at) => {
  const size = quantityOr(block, 'memory_size_gb', 1);
  const tier = textOr(block, 'tier', 'BASIC');
  if (size === undefined) return unpriced(why(block, 'memory_size_gb'));
  if (tier !== 'BASIC' && tier !== 'STANDARD_HA') return unpriced(why(block, 'tier'));
  const replicas = textOr(block, 'read_replicas_mode', 'READ_REPLICAS_DISABLED') === 'READ_REPLICAS_ENABLED';
  return assembled([
    at.amount(
      `memory, ${tier === 'BASIC' ? 'one server' : 'with a standby'}`,
      'memorystore-redis',
      `${tier === 'BASIC' ? 'basic' : 'standard'}/${classOf(size)}`,
      'GB-hour',
      size.times(hoursPerMonth),
    ),
    replicas ? missing('read replicas', 'how they are billed beside the standby is not in the price book') : undefined,
  ]);
});

function classOf(size: Decimal): string {
  return classes.find(([upTo]) => size.lte(upTo))?.[1] ?? 'M5';
}

/** A Redis cluster: shards and their replicas. */
export const redisCluster = googleType('google_redis_cluster', (block, at) => {
  const type = textOr(block, 'node_type', 'REDIS_HIGHMEM_MEDIUM');
  const [shards, replicas] = [countOr(block, 'shard_count', 1), countOr(block, 'replica_count', 0)];
  if (type === undefined || shards === undefined || replicas === undefined) return unpriced('its nodes are not known before the apply');
  const sku = type.replace('REDIS_', '').toLowerCase().replaceAll('_', '-');
  return assembled([at.hourly(`node ${sku}`, 'memorystore-redis-cluster', sku, { quantity: shards.times(replicas.plus(1)) })]);
});
