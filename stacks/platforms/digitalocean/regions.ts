import type { ComponentOf } from '../../../components/component';
import type { Environment } from '../../../environments/schema';

/** Regions of a tier's clusters, the home region first. */
export function clusterRegions(
  { region, regions = [] }: Pick<Environment, 'region' | 'regions'>,
  cluster: ComponentOf<'kubernetes-cluster'>,
): readonly string[] {
  return [region, ...regions].slice(0, cluster.regions);
}

/** Of so many, those that stand in the nth of so many places: of three in two, two and one. */
export function dealt(count: number, index: number, of: number): number {
  return Math.floor(count / of) + (index < count % of ? 1 : 0);
}
