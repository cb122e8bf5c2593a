import { kafkaLayouts } from '../../../catalog/digitalocean';
import { objectOf } from '../store';
import { blocks, number, text } from '../values';
import { type Rule, unprocessable } from './refusal';

/** Brokers come in a few numbers, and each number with a few sizes. */
export const knownLayout: Rule = ({ next }) => {
  const [nodes, size] = [number(next, 'node_count'), text(next, 'size')];
  if (text(next, 'engine') !== 'kafka') return undefined;
  const layout = kafkaLayouts.find(({ brokers }) => brokers === nodes);
  const numbers = kafkaLayouts.map(({ brokers }) => brokers).join(', ');
  if (layout === undefined) return unprocessable(`num_nodes must be one of ${numbers} for engine kafka, got ${nodes}.`);
  return layout.sizes.includes(size) ? undefined : unprocessable(`size "${size}" is not sold with ${nodes} nodes for engine kafka.`);
};

/** Each copy is on a broker of its own, and partitions are only ever added (digitalocean/openapi 2026-08-07, Create Topic). */
export const topicFits: Rule = ({ next, prior, account }) => {
  const brokers = number(objectOf(account, 'digitalocean_database_cluster', text(next, 'cluster_id')), 'node_count');
  const [copies, written] = [number(next, 'replication_factor'), number(blocks(next, 'config')[0], 'min_insync_replicas')];
  const [had, gets] = [number(prior, 'partition_count'), number(next, 'partition_count')];
  if (copies > brokers) return unprocessable(`replication_factor is ${copies}, and the cluster has ${brokers} nodes.`);
  if (written > copies) return unprocessable(`min_insync_replicas is ${written}, and replication_factor ${copies}.`);
  return gets < had ? unprocessable(`partition_count can only be increased: it is ${had}, got ${gets}.`) : undefined;
};
