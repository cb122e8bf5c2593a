import type { ResourceNode } from '../../../graph/types';
import { attributesOf, blocks, countOr, isSet, text, why } from '../read';
import type { Block } from '../read';
import { type Count, countBetween, fixedCount, unpriced, whyRange } from '../results';
import type { Mapping, MappingResult } from '../types';
import { serverComponent, transferNotes, transferShare } from './servers';

/** An autoscale pool: as many droplets of its template as it may hold; the pool itself is free. */
export const dropletAutoscale: Mapping = { type: 'digitalocean_droplet_autoscale', map };

function map(node: ResourceNode): MappingResult {
  const block = attributesOf(node);
  const [config] = blocks(block, 'config');
  const [template] = blocks(block, 'droplet_template');
  if (config === undefined || template === undefined) return unpriced(why(block, config === undefined ? 'config' : 'droplet_template'));
  const size = text(template, 'size');
  const count = countOf(config);
  if (size === undefined) return unpriced(why(template, 'size'));
  if (count === undefined)
    return unpriced(isFixed(config) ? why(config, 'target_number_instances') : whyRange(config, 'min_instances', 'max_instances'));
  return {
    kind: 'priced',
    components: [serverComponent(`droplets ${size}`, size, count)],
    pools: [transferShare(size, count)],
    notes: transferNotes(size),
  };
}

function countOf(config: Block): Count | undefined {
  if (isFixed(config)) return fixedCount(config, 'target_number_instances', 0);
  if (!isSet(config, 'min_instances') || !isSet(config, 'max_instances')) return undefined;
  return countBetween(countOr(config, 'min_instances', 0), countOr(config, 'max_instances', 0), 'droplets');
}

/** A pool of a fixed number states that number; in a plan the others are then 0. */
function isFixed(config: Block): boolean {
  return isSet(config, 'target_number_instances') && config.values['target_number_instances'] !== 0;
}
