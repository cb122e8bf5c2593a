import type { Decimal } from 'decimal.js';
import { decimal } from '../../decimal';
import type { Place } from '../place';
import { type Block, blocks, countOr, flag, isSet, text, textOr, why } from '../read';
import { assembled, missing, type Part, unpriced } from '../results';
import type { MappingResult } from '../types';
import { awsType } from './place';

/** A search cluster: data nodes, masters, warm nodes and the disks of the first. */
export const opensearchDomain = awsType('aws_opensearch_domain', map);

/** The same under its former name. */
export const elasticsearchDomain = awsType('aws_elasticsearch_domain', map);

function map(block: Block, at: Place): MappingResult {
  const [config] = blocks(block, 'cluster_config');
  if (config === undefined) return unpriced(why(block, 'cluster_config'));
  const count = countOr(config, 'instance_count', 1);
  if (count === undefined) return unpriced(why(config, 'instance_count'));
  return assembled([
    nodes(at, config, 'data node', 'instance_type', count),
    ...(flag(config, 'dedicated_master_enabled') === true
      ? [nodesOf(at, config, 'master', 'dedicated_master_type', 'dedicated_master_count')]
      : []),
    ...(flag(config, 'warm_enabled') === true ? [nodesOf(at, config, 'warm node', 'warm_type', 'warm_count')] : []),
    ...disks(block, at, count),
  ]);
}

function nodesOf(at: Place, config: Block, name: string, type: string, number: string): Part {
  const count = countOr(config, number, 0);
  return count === undefined ? missing(name, why(config, number)) : nodes(at, config, name, type, count);
}

function nodes(at: Place, config: Block, name: string, argument: string, count: Decimal): Part {
  const type = text(config, argument)?.replace('.elasticsearch', '.search');
  return type === undefined ? missing(name, why(config, argument)) : at.hourly(`${name} ${type}`, 'opensearch', type, { quantity: count });
}

function disks(block: Block, at: Place, count: Decimal): readonly Part[] {
  const [options] = blocks(block, 'ebs_options');
  if (options === undefined || flag(options, 'ebs_enabled') !== true) return [];
  const type = textOr(options, 'volume_type', 'gp2');
  if (type === undefined || !isSet(options, 'volume_size')) return [missing('storage', why(options, 'volume_type'))];
  return [
    at.stated(`storage ${type}`, options, 'volume_size', 'opensearch', `storage-${type}`, 'GB-month', { count: { quantity: count } }),
    ...(type === 'io1' ? [missing('provisioned IOPS', 'the price book has no price for them')] : []),
    ...(beyondGp3(options, type) ? [missing('IOPS beyond those of gp3', 'the price book has no price for them')] : []),
  ];
}

function beyondGp3(options: Block, type: string): boolean {
  return type === 'gp3' && countOr(options, 'iops', 0)?.gt(decimal(3000)) === true;
}
