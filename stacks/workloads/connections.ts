import { rdsConnections } from '../../catalog/aws/database-connections';
import { usableConnections } from '../../catalog/digitalocean';
import { clientsOfPods, poolersFor } from '../../catalog/poolers';
import { mostPods } from '../../components/app-servers';
import { mapFaults } from '../../components/shard-map';
import type { ClusterCloud } from '../../constructs/kubernetes/flavour';
import type { Tier } from '../../tiers/tier';
import type { Problem } from '../../values/errors';
import { joinsClouds } from '../platforms/between-clouds';
import { component } from '../platforms/naming';
import { shardMapWrong, tooManyConnections } from './errors';

/** Share of a database's connections that poolers may take; the rest is for promotion, backups and people. */
const share = 0.8;

/** How the connections of a tier add up, from the app's pods to one shard. */
export interface ConnectionPlan {
  /** Connections from pods of one cluster to its poolers, at most. */
  readonly clients: number;
  /** Poolers of each cluster: as many as its clients need, and one that may go. */
  readonly poolers: number;
  /** Connections that one pooler keeps open to each shard. */
  readonly poolSize: number;
  /** What all poolers of all clusters keep open to one shard. */
  readonly backends: number;
  /** What one shard allows. */
  readonly allowed: number;
}

const allowedBy: Readonly<Record<ClusterCloud, (memoryGib: number) => number>> = {
  digitalocean: usableConnections,
  aws: rdsConnections,
  google: rdsConnections,
};

/** Poolers of each cluster of a tier. */
export function poolersOf(tier: Tier): number {
  return poolersFor(podsOf(tier));
}

/** Pods that one cluster may come to have: all, because another may be lost. */
function podsOf(tier: Tier): number {
  return mostPods(component(tier, 'app-servers') ?? { count: { fixed: 0 } });
}

/** How many clusters have poolers before shards: those at home, and one in a second cloud that a network joins to them. */
export function poolingClusters(tier: Tier, atHome: number): number {
  return atHome + (joinsClouds(tier) ? 1 : 0);
}

/** The connections of a tier with shards; undefined where it has none. */
export function connectionPlan(tier: Tier, cloud: ClusterCloud, clusters: number): ConnectionPlan | undefined {
  const [app, database] = [component(tier, 'app-servers'), component(tier, 'sharded-database')];
  if (app === undefined || database === undefined) return undefined;
  const allowed = allowedBy[cloud](database.memoryGib);
  const [clients, poolers] = [clientsOfPods(podsOf(tier)), poolersOf(tier)];
  const poolSize = Math.floor((allowed * share) / (clusters * poolers));
  return { clients, poolers, poolSize, backends: poolSize * clusters * poolers, allowed };
}

/** Fewest connections to a shard with which a pooler is of use: with fewer, requests stand in line for each other. */
const leastPool = 5;

/** What is wrong with the connections and shards of a tier, all at once. */
export function connectionProblems(tier: Tier, cloud: ClusterCloud, clusters: number): Problem[] {
  const database = component(tier, 'sharded-database');
  const plan = connectionPlan(tier, cloud, clusters);
  if (database === undefined || plan === undefined) return [];
  const faults = mapFaults(database);
  return [
    ...(faults.length === 0 ? [] : [shardMapWrong(faults)]),
    ...(plan.poolSize >= leastPool ? [] : [tooManyConnections(tier.id, plan.allowed, clusters * plan.poolers, leastPool)]),
  ];
}
