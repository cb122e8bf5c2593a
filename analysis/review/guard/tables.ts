import type { ResourceNode } from '../../graph';
import { scalarText } from '../../../values/scalar-text';
import type { HelperType, StatefulType } from './protection';
import { awsHelpers, awsServers, awsTypes } from './types-aws';
import { digitalOceanHelpers, digitalOceanServers, digitalOceanTypes } from './types-digitalocean';
import { googleHelpers, googleTypes, kubernetesHelpers, kubernetesTypes, otherServers } from './types-others';

const stateful: ReadonlyMap<string, StatefulType> = new Map(
  Object.entries({ ...digitalOceanTypes, ...awsTypes, ...googleTypes, ...kubernetesTypes }),
);
const helpers: ReadonlyMap<string, HelperType> = new Map(
  Object.entries({ ...digitalOceanHelpers, ...awsHelpers, ...googleHelpers, ...kubernetesHelpers }),
);
const servers: ReadonlyMap<string, StatefulType> = new Map(Object.entries({ ...digitalOceanServers, ...awsServers, ...otherServers }));

/** `kubernetes_secret_v1` is `kubernetes_secret`. */
function plain(type: string): string {
  return type.startsWith('kubernetes_') ? type.replace(/_v\d+(?:beta\d+)?$/, '') : type;
}

/** What this type of resource holds; undefined where it holds nothing. */
export function statefulType(type: string): StatefulType | undefined {
  return stateful.get(plain(type));
}

/** What this type protects; undefined where it protects nothing. */
export function helperType(type: string): HelperType | undefined {
  return helpers.get(plain(type));
}

/** A server or a service: it holds nothing, and is missed while it is replaced. */
export function serverType(type: string): StatefulType | undefined {
  return servers.get(plain(type));
}

/** Kinds of objects that are databases: of StackGres and CloudNativePG, the operators of PostgreSQL. */
const databaseKinds = 'SGShardedCluster|SGCluster|Cluster';

/** Databases that a chart's values bring: `SGShardedCluster database`. */
export function databasesIn({ type, values }: ResourceNode): readonly string[] {
  if (type !== 'helm_release') return [];
  const text = JSON.stringify(values['values'] ?? '').replaceAll('\\"', '"');
  const objects = text.matchAll(
    new RegExp(
      `"apiVersion":"(?:stackgres|postgresql\\.cnpg)\\.io/[^"]*","kind":"(${databaseKinds})","metadata":\\{[^{}]*?"name":"([^"]+)"`,
      'g',
    ),
  );
  return [...objects].map(([, kind, name]) => `${kind} ${name}`);
}

const cacheEngines: ReadonlySet<string> = new Set(['redis', 'valkey', 'memcached']);

/** What a resource holds. One that its owner protects with `prevent_destroy` counts as data, whatever its type. */
export function holdingsOf(node: ResourceNode): StatefulType | undefined {
  const known = statefulType(node.type);
  if (known === undefined && databasesIn(node).length > 0) return { holds: 'a database in the cluster' };
  if (known === undefined)
    return node.lifecycle?.preventDestroy === true ? { holds: 'what its owner protects with prevent_destroy' } : undefined;
  return isCache(node, known)
    ? { ...known, holds: 'a cache', kind: 'cache' }
    : known.kind === 'cache'
      ? { ...known, kind: 'data', holds: 'a cache that is kept as data' }
      : known;
}

/** A cache is data when somebody protects it, or when it never gives up a value. */
function isCache(node: ResourceNode, known: StatefulType): boolean {
  const byEngine = node.type === 'digitalocean_database_cluster' && cacheEngines.has(scalarText(node.values['engine']));
  if (known.kind !== 'cache' && !byEngine) return false;
  const snapshots = Number(node.values['snapshot_retention_limit'] ?? 0) > 0;
  return (
    node.lifecycle?.preventDestroy !== true &&
    !snapshots &&
    !['noeviction', 'allkeys_persistent'].includes(scalarText(node.values['eviction_policy']))
  );
}

/** All types that hold something, for the tables of the documentation. */
export const statefulTypes: readonly string[] = [...stateful.keys()].sort();

/** All types that protect something. */
export const helperTypes: readonly string[] = [...helpers.keys()].sort();
