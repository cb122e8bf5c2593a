import type { Decimal } from 'decimal.js';
import { beyond, hoursPerMonth } from '../../arithmetic';
import { decimal } from '../../decimal';
import { perGraph } from '../per-graph';
import type { Place } from '../place';
import { attributesOf, type Block, flag, isSet, isUnknown, quantity, quantityOr, text, textOr, why } from '../read';
import { assembled, missing, type Part, unpriced } from '../results';
import type { MappingResult } from '../types';
import { awsType } from './place';
import { zoneTraffic } from './servers';

/** A database server of RDS, or a read replica of one, with its storage. */
export const dbInstance = awsType('aws_db_instance', map);

/** Engine as the provider calls it, to the service in the price book. */
const services: Readonly<Record<string, string>> = { postgres: 'rds-postgresql', mysql: 'rds-mysql', mariadb: 'rds-mariadb' };

/** From this size on gp3 has four times the IOPS, for the engines above (RDS user guide, gp3 storage). */
const gp3 = { largeFrom: 400, smallIops: 3000, largeIops: 12000, largeThroughput: 500 };

function map(block: Block, at: Place): MappingResult {
  const source = sourceOf(at);
  const [engine, size] = [inherited(block, source, 'engine'), text(block, 'instance_class')];
  const multiAz = flag(block, 'multi_az');
  if (size === undefined) return unpriced(why(block, 'instance_class'));
  if (engine === undefined)
    return unpriced(`${why(block, 'engine')}; it restores or replicates a database that is not in this configuration`);
  if (multiAz === undefined) return unpriced(why(block, 'multi_az'));
  const service = services[engine];
  if (service === undefined) return unpriced(`the price book has no prices for the engine "${engine}", whose licence is part of the price`);
  const zones = multiAz ? 'multi-az' : 'single-az';
  const kind = source === undefined ? 'database' : 'read replica';
  return assembled([
    at.hourly(
      `${kind} ${size}, ${zones}`,
      service,
      `${size}/${zones}`,
      undefined,
      multiAz ? [] : [at.product('rds-reserved', `${size}/${service.replace('rds-', '')}/1yr-no-upfront`)],
    ),
    ...storage(at, block, source, zones),
    ...extendedSupport(at, engine, inherited(block, source, 'engine_version'), size),
    at.used('backups beyond the size of the storage', 'backupGb', 'rds-storage', 'backup-over-allocated', 'GB-month', { optional: true }),
    ...(flag(block, 'performance_insights_enabled') === true &&
    quantityOr(block, 'performance_insights_retention_period', 7)?.gt(7) === true
      ? [missing('performance insights', 'keeping them for more than 7 days is billed by vCPU, and the price book has no price for it')]
      : []),
    ...zoneTraffic(at),
  ]);
}

/** What a replica copies; in a state it is named by its identifier. */
function sourceOf(at: Place): Block | undefined {
  const [referenced] = at.graph.referenced(at.node, 'replicate_source_db');
  const named = at.node.values['replicate_source_db'];
  const source = referenced ?? (typeof named === 'string' && named !== '' ? servers(at.graph).get(named) : undefined);
  return source === undefined ? undefined : attributesOf(source);
}

/** Servers by their identifier and their ARN. */
const servers = perGraph(
  (graph) =>
    new Map(
      graph.ofType('aws_db_instance').flatMap((node) =>
        ['identifier', 'arn'].flatMap((name) => {
          const value = node.values[name];
          return typeof value === 'string' ? [[value, node] as const] : [];
        }),
      ),
    ),
);

function inherited(block: Block, source: Block | undefined, name: string): string | undefined {
  return isUnknown(block, name) || source === undefined ? text(block, name) : (text(block, name) ?? text(source, name));
}

function storage(at: Place, block: Block, source: Block | undefined, zones: string): readonly Part[] {
  const owner = source === undefined || isSet(block, 'allocated_storage') ? block : source;
  const size = quantity(owner, 'allocated_storage');
  const type = textOr(block, 'storage_type', isSet(block, 'iops') ? 'io1' : 'gp2');
  if (size === undefined) return [missing('storage', why(owner, 'allocated_storage'))];
  if (type === undefined) return [missing('storage', why(block, 'storage_type'))];
  const sku = `${type === 'standard' ? 'magnetic' : type}/${zones}`;
  const component = at.amount(`storage ${type}, ${zones}`, 'rds-storage', sku, 'GB-month', size);
  const most = quantityOr(block, 'max_allocated_storage', 0);
  const grows =
    most !== undefined && most.gt(size)
      ? { usage: { low: size, typical: size, high: most, assumption: `${size} GB now; it may grow to ${most} GB by itself` } }
      : {};
  return [{ ...component, ...grows }, ...performance(at, block, type, sku, size)];
}

function performance(at: Place, block: Block, type: string, sku: string, size: Decimal): readonly Part[] {
  if (type === 'io1' || type === 'io2') return [at.stated(`${type} IOPS`, block, 'iops', 'rds-storage', `${sku}/iops`, 'IOPS-month')];
  if (type !== 'gp3') return [];
  const included = decimal(size.gte(gp3.largeFrom) ? gp3.largeIops : gp3.smallIops);
  const iops = isSet(block, 'iops') ? quantity(block, 'iops') : included;
  const extra = iops === undefined ? undefined : beyond(iops, included);
  const throughput = quantityOr(block, 'storage_throughput', 0);
  return [
    ...(extra === undefined
      ? [missing('IOPS', why(block, 'iops'))]
      : extra.isZero()
        ? []
        : [at.amount(`IOPS beyond ${included}`, 'rds-storage', `${sku}/iops-over-baseline`, 'IOPS-month', extra)]),
    ...(throughput?.gt(gp3.largeThroughput) === true
      ? [missing('throughput', `throughput beyond ${gp3.largeThroughput} MB/s is billed, and the price book has no price for it`)]
      : []),
  ];
}

/** Major versions past their standard support, which AWS keeps running for a price by vCPU (RDS user guide, Extended Support, 2025). */
const extended: Readonly<Record<string, readonly string[]>> = { postgres: ['11', '12'], mysql: ['5.7'] };

function extendedSupport(at: Place, engine: string, version: string | undefined, size: string): readonly Part[] {
  const old = version !== undefined && (extended[engine] ?? []).some((one) => version === one || version.startsWith(`${one}.`));
  if (!old) return [];
  const vcpus = vcpusOf(size);
  if (vcpus === undefined) return [missing('extended support', `the vCPU count of ${size} is not known`)];
  return [
    at.amount(
      `extended support of version ${version}, first year`,
      'rds-storage',
      'extended-support-year-1',
      'vCPU-hour',
      decimal(vcpus * hoursPerMonth),
    ),
  ];
}

/** Names of sizes tell their vCPUs: two up to `large`, four for `xlarge`, four times the number before it. */
function vcpusOf(size: string): number | undefined {
  const name = size.split('.').at(-1) ?? '';
  if (['micro', 'small', 'medium', 'large'].includes(name)) return 2;
  const times = /^(\d*)xlarge$/.exec(name)?.[1];
  return times === undefined ? undefined : 4 * (times === '' ? 1 : Number(times));
}

/** A pool of connections in front of a database: billed by the vCPUs of what it stands before. */
export const dbProxy = awsType('aws_db_proxy', (_, at) => {
  const target = at.graph.ofType('aws_db_proxy_target').find((one) => one.references.includes(at.node.address));
  const database = target?.references
    .flatMap((address) => at.graph.get(address) ?? [])
    .find((one) => one.type === 'aws_db_instance' || one.type === 'aws_rds_cluster');
  if (database === undefined) return unpriced('it is billed by the vCPUs of its database, which is not in this configuration');
  const behind =
    database.type === 'aws_db_instance'
      ? [database]
      : at.graph.ofType('aws_rds_cluster_instance').filter((one) => one.references.includes(database.address));
  const vcpus = behind.map((one) => vcpusOf(text(attributesOf(one), 'instance_class') ?? ''));
  if (vcpus.length === 0 || vcpus.includes(undefined)) return unpriced('it is billed by the vCPUs of its database, which are not known');
  const total = vcpus.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  return assembled([
    at.amount('vCPUs of the database', 'rds-proxy', 'vcpu', 'vCPU-hour', decimal(Math.max(fewestProxyVcpus, total) * hoursPerMonth)),
  ]);
});

/** RDS Proxy bills at least two vCPUs (RDS Proxy pricing). */
const fewestProxyVcpus = 2;
