import { regions as digitaloceanRegions } from '../catalog/digitalocean';
import type { Environment } from '../environments/schema';
import type { Tier } from '../tiers/tier';
import type { Problem } from '../values/errors';
import { dataElsewhere } from './errors';
import { component } from './platforms/naming';
import { clusterSites } from './workloads/sites';

/** A region in which something of an environment lies. */
export interface DataPlace {
  readonly region: string;
  /** What lies there, and the field that puts it there. */
  readonly what: string;
  readonly field: string;
}

/** Every region in which an environment's data lie at a tier: servers, copies, buckets, clusters of a second cloud, Terraform's state. */
export function dataPlaces(environment: Environment, tier: Tier): readonly DataPlace[] {
  const { region, leavingRegions = [], state, platform } = environment;
  const beyond = clusterSites(environment, tier).filter((site) => site.region !== region);
  const witness = component(tier, 'distributed-database')?.witness;
  const spaces = platform === 'digitalocean' ? digitaloceanRegions().find(({ slug }) => slug === region)?.nearestSpaces : undefined;
  return [
    { region, what: 'the environment', field: 'region' },
    ...(spaces === undefined ? [] : [{ region: spaces, what: 'buckets', field: 'region' }]),
    ...beyond.map((site) =>
      site.cloud === platform
        ? { region: site.region, what: 'a cluster and copies of the data', field: 'regions' }
        : { region: site.region, what: `a cluster in the second cloud (${site.cloud})`, field: 'region' },
    ),
    ...(witness === undefined ? [] : [{ region: witness, what: "the database's log", field: 'database.witness' }]),
    ...leavingRegions
      .filter((each) => !beyond.some((site) => site.region === each))
      .map((each) => ({ region: each, what: 'what has not gone yet', field: 'leavingRegions' })),
    ...(state.backend === 'local' ? [] : [{ region: state.region, what: "Terraform's state", field: 'state.region' }]),
  ];
}

/** Data that lie where `residency` does not allow any, all at once. */
export function residencyProblems(environment: Environment, tier: Tier): readonly Problem[] {
  const { residency } = environment;
  if (residency === undefined) return [];
  return dataPlaces(environment, tier)
    .filter(({ region }) => !residency.includes(region))
    .map((place) => dataElsewhere(place, residency));
}
