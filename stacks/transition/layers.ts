import type { CdkTfJson } from '../../analysis/graph';
import { clusterGeneration } from '../platforms/naming';
import type { Pair } from './sides';

/**
 * What ends the names of the target's further layers while an environment goes to the same tier on another platform: the generation of its
 * clusters, as in the names of their states. Undefined for every other pair, whose layers are called after two tiers.
 */
export function layerMark({ from, to, target }: Pick<Pair, 'from' | 'to' | 'target'>): string | undefined {
  return from.id === to.id ? clusterGeneration(target, to) : undefined;
}

/** A layer of which everything goes: what still says how its state and its clusters are reached. */
export function emptied({ resource: _resource, locals: _locals, output: _output, ...rest }: CdkTfJson): CdkTfJson {
  return rest;
}
