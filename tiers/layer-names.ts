import type { Generations } from '../components/change';
import type { Tier } from './tier';

type Parts = Pick<Tier, 'components'>;

/**
 * The generation of a tier's clusters, where it is not the first: `g2`. While a promotion lasts two stand beside each other, and each has
 * a layer of its own, with a state of its own, that reads outputs of its own.
 */
export function clusterGeneration({ components }: Parts, generations: Generations): string | undefined {
  const cluster = components.find(({ kind }) => kind === 'kubernetes-cluster');
  const own = generations[cluster?.id ?? ''] ?? 1;
  return own === 1 ? undefined : `g${own}`;
}

/**
 * What ends the names of the new layers' stacks while an environment goes to the same tier on another platform: the generation of its
 * clusters, as in the names of their states. Undefined for every other pair, whose layers are called after two tiers.
 */
export function layerMark(from: Pick<Tier, 'id'>, to: Pick<Tier, 'id'> & Parts, generations: Generations): string | undefined {
  return from.id === to.id ? clusterGeneration(to, generations) : undefined;
}

/** Id of the stack with a tier's workloads. @param mark see `layerMark` */
export function workloadsStackId(tier: string, mark?: string): string {
  return marked(`${tier}-workloads`, mark);
}

/** Id of the stack with a tier's part on Google Cloud. @param mark see `layerMark` */
export function secondCloudStackId(tier: string, mark?: string): string {
  return marked(`${tier}-google`, mark);
}

function marked(id: string, mark: string | undefined): string {
  return mark === undefined ? id : `${id}-${mark}`;
}
