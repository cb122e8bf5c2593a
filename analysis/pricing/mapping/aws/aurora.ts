import type { Decimal } from 'decimal.js';
import { hoursPerMonth } from '../../arithmetic';
import { one } from '../../decimal';
import { perGraph } from '../per-graph';
import type { Place } from '../place';
import { attributesOf, type Block, blocks, isSet, quantity, text, textOr, why } from '../read';
import { assembled, type Part, unpriced } from '../results';
import type { MappingResult } from '../types';
import { awsType } from './place';
import { scalarText } from '../../../../values/scalar-text';

const standardOrOptimized: ReadonlySet<string> = new Set(['', 'aurora']);

/** An Aurora cluster: its storage and, unless optimized for it, its reads and writes. Servers are resources of their own. */
export const rdsCluster = awsType('aws_rds_cluster', (block, at) => {
  const engine = textOr(block, 'engine', 'aurora-mysql');
  if (engine === undefined) return unpriced(why(block, 'engine'));
  if (!engine.startsWith('aurora')) return unpriced('the price book has no prices for clusters of three RDS servers');
  const optimized = isOptimized(block);
  if (optimized === undefined) return unpriced(why(block, 'storage_type'));
  return assembled([
    at.used('storage', 'auroraStorageGb', 'aurora', optimized ? 'storage-io-optimized' : 'storage-standard', 'GB-month'),
    optimized ? undefined : at.used('reads and writes', 'ioRequestsMillion', 'aurora', 'io-requests', 'million-requests'),
    at.used('backups beyond the size of the storage', 'backupGb', 'aurora', 'backup-storage', 'GB-month', { optional: true }),
  ]);
});

/** Whether reads and writes are part of the price of server and storage. */
function isOptimized(block: Block): boolean | undefined {
  const type = textOr(block, 'storage_type', '');
  if (type === undefined) return undefined;
  return !standardOrOptimized.has(type);
}

/** A server of an Aurora cluster, by size or by the capacity units that it uses. */
export const rdsClusterInstance = awsType('aws_rds_cluster_instance', (block, at) => {
  const size = text(block, 'instance_class');
  const cluster = clusterOf(at);
  if (size === undefined) return unpriced(why(block, 'instance_class'));
  if (cluster === undefined)
    return unpriced('its cluster is not in this configuration, so whether it is optimized for reads and writes is not known');
  const optimized = isOptimized(cluster);
  if (optimized === undefined) return unpriced(`of its cluster, ${why(cluster, 'storage_type')}`);
  return size === 'db.serverless' ? serverless(at, cluster, optimized) : assembled([server(at, size, optimized)]);
});

const clusters = perGraph(
  (graph) => new Map(graph.ofType('aws_rds_cluster').map((node) => [scalarText(node.values['cluster_identifier']), node])),
);

/** In a state a server names its cluster by the identifier. */
function clusterOf(at: Place): Block | undefined {
  const [referenced] = at.graph.referenced(at.node, 'cluster_identifier');
  const name = at.node.values['cluster_identifier'];
  const cluster = referenced ?? (typeof name === 'string' ? clusters(at.graph).get(name) : undefined);
  return cluster === undefined ? undefined : attributesOf(cluster);
}

/** Both editions of Aurora cost the same (the source of these prices says so). */
const service = 'aurora-postgresql';

function server(at: Place, size: string, optimized: boolean): Part {
  if (!optimized) return at.hourly(`Aurora server ${size}`, service, size);
  return {
    name: `Aurora server ${size}, I/O-Optimized`,
    quantity: one,
    unit: 'percent-of-resource',
    product: at.product('aurora', 'io-optimized-compute-premium'),
    percentOf: at.product(service, size),
  };
}

function serverless(at: Place, cluster: Block, optimized: boolean): MappingResult {
  const [scaling] = blocks(cluster, 'serverlessv2_scaling_configuration');
  if (scaling === undefined) return unpriced('its cluster states no serverlessv2_scaling_configuration');
  const [low, high] = [isSet(scaling, 'min_capacity') ? quantity(scaling, 'min_capacity') : undefined, quantity(scaling, 'max_capacity')];
  if (low === undefined || high === undefined || low.gt(high))
    return unpriced(`of its cluster, ${why(scaling, low === undefined ? 'min_capacity' : 'max_capacity')}`);
  const sku = optimized ? 'serverless-v2-io-optimized' : 'serverless-v2';
  const typical = low.plus(high).div(2);
  const hours = (units: Decimal): Decimal => units.times(hoursPerMonth);
  const assumption = `${low} to ${high} capacity units; ${typical}, the middle, are taken as typical`;
  return assembled([
    {
      ...at.amount('capacity units', 'aurora', sku, 'ACU-hour', hours(typical)),
      dependsOn: 'acu',
      factor: hours(one),
      usage: { low: hours(low), typical: hours(typical), high: hours(high), assumption },
    },
  ]);
}
