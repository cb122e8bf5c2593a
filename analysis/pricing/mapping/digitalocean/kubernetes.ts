import type { ResourceNode } from '../../../graph/types';
import { attributesOf, blocks, countOr, flag, text, why } from '../read';
import type { Block } from '../read';
import { type Count, countBetween, fixedCount, monthly, unpriced, whyRange } from '../results';
import type { CostComponent, Mapping, MappingResult, UnpricedPart } from '../types';
import { product } from './products';
import { serverComponent, transferNotes, transferShare } from './servers';

/** A cluster: its control plane, which costs only with high availability, and its default node pool. */
export const kubernetesCluster: Mapping = { type: 'digitalocean_kubernetes_cluster', map: mapCluster };

/** A further node pool, billed as the droplets it consists of. */
export const kubernetesNodePool: Mapping = {
  type: 'digitalocean_kubernetes_node_pool',
  map: (node) => mapPool(attributesOf(node)),
};

function mapCluster(node: ResourceNode): MappingResult {
  const block = attributesOf(node);
  const [first] = blocks(block, 'node_pool');
  const pool = first === undefined ? unpriced(why(block, 'node_pool')) : mapPool(first);
  const ha = flag(block, 'ha');
  const plane = ha === undefined ? [] : [controlPlane(ha)];
  const missing = ha === undefined ? [{ name: 'control plane', reason: why(block, 'ha') }] : [];
  return withPlane(plane, missing, pool);
}

function withPlane(plane: readonly CostComponent[], missing: readonly UnpricedPart[], pool: MappingResult): MappingResult {
  if (pool.kind === 'priced') return { ...pool, components: [...plane, ...pool.components], unpriced: missing };
  return { kind: 'priced', components: plane, unpriced: [...missing, { name: 'default node pool', reason: pool.reason }] };
}

function controlPlane(ha: boolean): CostComponent {
  const sku = ha ? 'high-availability' : 'basic';
  return monthly(ha ? 'control plane, highly available' : 'control plane', product('doks', `control-plane/${sku}`));
}

function mapPool(block: Block): MappingResult {
  const size = text(block, 'size');
  const scaled = flag(block, 'auto_scale');
  if (size === undefined || scaled === undefined) return unpriced(why(block, size === undefined ? 'size' : 'auto_scale'));
  const count = nodeCount(block, scaled);
  if (count === undefined) return unpriced(scaled ? whyRange(block, 'min_nodes', 'max_nodes') : why(block, 'node_count'));
  return {
    kind: 'priced',
    components: [serverComponent(`nodes ${size}`, size, count)],
    pools: [transferShare(size, count)],
    notes: transferNotes(size),
  };
}

function nodeCount(block: Block, scaled: boolean): Count | undefined {
  if (!scaled) return block.values['node_count'] === undefined ? undefined : fixedCount(block, 'node_count', 1);
  return countBetween(countOr(block, 'min_nodes', 0), countOr(block, 'max_nodes', 0), 'nodes');
}
